import type { KeyRow, ScopeReport } from '../../shared/model/key';
import { keyColumns, findKeyColumn, type KeyColumn } from '../../shared/model/keyColumns';
import type { KeyView } from '../../shared/model/keyLens';
import type { KeyQuery } from '../../shared/model/keyQuery';
import type { Verdict } from '../../shared/model/verdict';
import { csvRecord } from '../csv';

/** What an export or a listing is about. */
export interface Listing {
  readonly views: readonly KeyView[];
  readonly query: KeyQuery;
  readonly scopes: readonly ScopeReport[];
  /** When it was written, this machine's clock. */
  readonly writtenAt: string;
}

/** Rows that are turned into text before the event loop gets a turn. */
const slice = 100;

/** CSV: a header of the columns' titles, one record a key; scope and as-of are columns of each record. */
export async function* csvOf(
  { views }: Listing,
  columnIds: readonly string[],
): AsyncGenerator<string> {
  const columns = columnsOf(columnIds);
  yield csvRecord([...columns.map(({ title }) => title), 'Connection', 'As of']);
  for (let from = 0; from < views.length; from += slice) {
    const part = views.slice(from, from + slice);
    yield part
      .map((view) =>
        csvRecord([
          ...columns.map((column) => column.cell(view).text),
          view.row.connection,
          asOfView(view),
        ]),
      )
      .join('');
    await new Promise(setImmediate);
  }
}

/** JSON: `{format, writtenAt, query, scopes, keys: [{...row, verdicts}]}`; docs/keys.md describes it. */
export async function* jsonOf({
  views,
  query,
  scopes,
  writtenAt,
}: Listing): AsyncGenerator<string> {
  const head = { format: 'claviger-keys/1', writtenAt, query, scopes };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "keys": [`;
  for (let from = 0; from < views.length; from += slice) {
    const part = views.slice(from, from + slice);
    yield part
      .map(
        (view, index) => `${from + index === 0 ? '' : ','}\n    ${JSON.stringify(jsonKey(view))}`,
      )
      .join('');
    await new Promise(setImmediate);
  }
  yield '\n  ]\n}\n';
}

function jsonKey({ row, overall, verdicts }: KeyView): KeyRow & {
  verdict: string;
  verdicts: Readonly<Record<string, Verdict>>;
} {
  return { ...row, verdict: overall, verdicts };
}

/** The columns by their ids, in the order asked for; all where none is named. */
export function columnsOf(ids: readonly string[]): KeyColumn[] {
  return ids.length === 0 ? [...keyColumns] : ids.flatMap((id) => findKeyColumn(id) ?? []);
}

/** The oldest of the times at which a row's parts were read: no part is older than that. */
function asOfView({ row }: KeyView): string {
  const facets = [
    row.metadata,
    row.aliases,
    row.tags,
    row.rotation,
    row.history,
    row.policy,
    row.grants,
  ];
  return facets.flatMap((facet) => ('asOf' in facet ? [facet.asOf] : [])).toSorted()[0] ?? '';
}
