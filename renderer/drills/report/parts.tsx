import type { ReactNode } from 'react';
import { formatTime } from '../../ui';

/** A row of the facts at the head of the report. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A table of the report; `widths` are shares of the page in percent, where columns must not move. */
export function Table({
  heads,
  rows,
  widths,
}: {
  heads: readonly string[];
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  widths?: readonly number[];
}) {
  return (
    <table className={widths && 'drill-fixed'}>
      {widths && (
        <colgroup>
          {widths.map((width, index) => (
            <col key={heads[index]} style={{ width: `${width}%` }} />
          ))}
        </colgroup>
      )}
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td key={heads[index]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A time on paper: always UTC, which the head of the report says once. */
export function At({ iso }: { iso: string }) {
  return <time dateTime={iso}>{formatTime(new Date(iso), 'utc', 'second')}</time>;
}
