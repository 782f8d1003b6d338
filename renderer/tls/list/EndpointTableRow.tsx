import { Split } from 'lucide-react';
import { memo } from 'react';
import type { GridRow } from '../../dataGrid/DataGrid';
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
  domId,
  index,
  top,
  selected,
  active,
  timeZone,
}: {
  view: EndpointView;
  timeZone: 'utc' | 'local';
} & Pick<GridRow, 'domId' | 'index' | 'top' | 'selected' | 'active'>) {
  const { name, place, row } = view;
  return (
    <tr
      id={domId}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      data-endpoint={place}
      className={cx('dg-row', selected && 'is-selected', active && 'is-active')}
      style={{ top }}
    >
      <td
        aria-colindex={1}
        className="dg-cell dg-select"
        aria-label={selected ? 'Selected' : 'Not selected'}
      >
        <span aria-hidden className="dg-box" />
      </td>
      <th scope="row" aria-colindex={2} className="dg-cell dg-first" title={`${name} ${place}`}>
        <span className="dg-text tls-name">{name}</span>
        <span className="dg-text dg-dim dg-mono">
          {name === row.endpoint.host ? `:${row.endpoint.port}` : place}
        </span>
        {row.addressesDiffer && <Differ />}
      </th>
      {endpointColumns.slice(1).map(({ id }, offset) => (
        <td
          key={id}
          aria-colindex={offset + 3}
          className="dg-cell dg-status dg-cut"
          title={cellTitle(id, view)}
        >
          {cellContent(id, view, timeZone)}
        </td>
      ))}
    </tr>
  );
});

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
