import type { Settings } from '../../shared/contract/settings';
import { applyKeyQuery } from '../../shared/model/keyFilter';
import { createKeyLens, type KeyView } from '../../shared/model/keyLens';
import { sortKeys } from '../../shared/model/keyOrder';
import type { KeyQuery } from '../../shared/model/keyQuery';
import type { Connections } from '../aws/types';
import type { ChosenScope } from './scopes';
import type { Snapshots } from './snapshots';

export type TagNames = Pick<Settings, 'environmentTag' | 'ownerTag'>;

/** Rows that are read and judged before the event loop gets a turn. */
const slice = 100;

/**
 * The stored rows of the given scopes that a query matches, in its order, with their verdicts, judged at
 * each account's own present time.
 */
export async function readViews(
  scopes: readonly ChosenScope[],
  query: KeyQuery,
  parts: { snapshots: Snapshots; connections: Connections; now: () => Date; tagNames: TagNames },
): Promise<readonly KeyView[]> {
  const { snapshots, connections, now, tagNames } = parts;
  const clocks = new Map<string, Date>();
  for (const connection of new Set(scopes.map((scope) => scope.connection))) {
    clocks.set(connection, await connections.now(connection).catch(now));
  }
  const lens = createKeyLens({ ...tagNames, now: (row) => clocks.get(row.connection) ?? now() });
  const views: KeyView[] = [];
  for (const scope of scopes) {
    for (const rows of snapshots.parts(scope, slice)) {
      views.push(...applyKeyQuery(rows.map(lens), query).views);
      await new Promise(setImmediate);
    }
  }
  // Sorted parts are quickly put together: all at once would take too long.
  return sortKeys(views, query.sort);
}
