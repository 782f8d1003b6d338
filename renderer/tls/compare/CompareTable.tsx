import { Equal, EqualNot } from 'lucide-react';
import type { ScanResult } from '../../../shared/model/tls/result';
import { cx, inks } from '../../ui';
import { ReportSection } from '../report/Section';
import { compareRows, type CompareRow } from './compareRows';

/** The two scans line by line; a value that only one of them has is marked by word and colour. */
export function CompareTable({
  first,
  second,
  differencesOnly,
}: {
  first: ScanResult;
  second: ScanResult;
  differencesOnly: boolean;
}) {
  const all = compareRows(first, second);
  const rows = differencesOnly ? all.filter(({ same }) => !same) : all;
  const groups = [...new Set(rows.map(({ group }) => group))];
  const equal = all.filter(({ same }) => same).length;
  return (
    <ReportSection
      id="side-by-side"
      title="Side by side"
      aside={`${all.length - equal} of ${all.length} lines differ`}
    >
      {rows.length === 0 && (
        <p className="text-sm text-ink-2">The two scans say the same in every line.</p>
      )}
      {groups.map((group) => (
        <table key={group} className="tls-table mt-4 table-fixed first:mt-0">
          <caption>{group}</caption>
          <thead>
            <tr>
              <th scope="col" className="w-44">
                What
              </th>
              <th scope="col">First</th>
              <th scope="col">Second</th>
              <th scope="col" className="w-28">
                Compared
              </th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter((row) => row.group === group)
              .map((row) => (
                <Line key={row.name} row={row} />
              ))}
          </tbody>
        </table>
      ))}
    </ReportSection>
  );
}

function Line({ row: { name, values, same } }: { row: CompareRow }) {
  const [first, second] = values;
  const Icon = same ? Equal : EqualNot;
  return (
    <tr>
      <th scope="row">{name}</th>
      <Values values={first} others={second} />
      <Values values={second} others={first} />
      <td>
        <span className={cx('inline-flex items-center gap-1.5', same ? 'text-ink-3' : inks.info)}>
          <Icon aria-hidden size={13} />
          {same ? 'same' : 'differs'}
        </span>
      </td>
    </tr>
  );
}

function Values({ values, others }: { values: readonly string[]; others: readonly string[] }) {
  if (values.length === 0) return <td className="text-ink-3">nothing</td>;
  const several = values.length > 1 || others.length > 1;
  return (
    <td>
      <ul>
        {values.map((value, index) => {
          const alone = several && !others.includes(value);
          return (
            <li
              // oxlint-disable-next-line react/no-array-index-key -- two chains may have one subject
              key={`${index} ${value}`}
              className={cx('break-words', alone && 'font-medium text-info')}
            >
              {value}
              {alone && <span className="text-2xs font-normal"> only here</span>}
            </li>
          );
        })}
      </ul>
    </td>
  );
}
