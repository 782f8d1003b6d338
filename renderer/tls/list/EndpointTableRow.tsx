import { Split } from 'lucide-react';
import { memo } from 'react';
import { cx } from '../../ui';
import { endpointColumns } from './columns';
import type { EndpointView } from './lens';
import { cellContent, cellTitle } from './EndpointCells';

/**
 * One endpoint. A row renders again only when its own view changes, so that rows that stream in
 * during a scan leave the others alone. The grid around it handles clicks and keys.
 */
export const EndpointTableRow = memo(function EndpointTableRow({
  view,
  index,
  top,
  selected,
  active,
  timeZone,
}: {
  view: EndpointView;
  index: number;
  /** Distance from the top of the body in pixels. */
  top: number;
  selected: boolean;
  active: boolean;
  timeZone: 'utc' | 'local';
}) {
  const { name, place, row } = view;
  return (
    <tr
      id={endpointRowId(view.id)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      data-endpoint={place}
      className={cx('key-row', selected && 'is-selected', active && 'is-active')}
      style={{ top }}
    >
      <td
        aria-colindex={1}
        className="key-cell key-select"
        aria-label={selected ? 'Selected' : 'Not selected'}
      >
        <span aria-hidden className="key-box" />
      </td>
      <th scope="row" aria-colindex={2} className="key-cell key-first" title={`${name} ${place}`}>
        <span className="key-text tls-name">{name}</span>
        <span className="key-text key-dim key-mono">
          {name === row.endpoint.host ? `:${row.endpoint.port}` : place}
        </span>
        {row.addressesDiffer && <Differ />}
      </th>
      {endpointColumns.slice(1).map(({ id }, offset) => (
        <td
          key={id}
          aria-colindex={offset + 3}
          className="key-cell key-status key-cut"
          title={cellTitle(id, view)}
        >
          {cellContent(id, view, timeZone)}
        </td>
      ))}
    </tr>
  );
});

/** The id of a row's element, for `aria-activedescendant`. */
export function endpointRowId(id: string): string {
  return `endpoint-${id.replace(/[^\w-]/g, (char) => `.${char.charCodeAt(0).toString(16)}`)}`;
}

function Differ() {
  return (
    <span
      title="Its addresses do not answer alike"
      className="inline-flex shrink-0 items-center gap-1 text-2xs text-stale"
    >
      <Split aria-hidden size={12} />
      differ
    </span>
  );
}
