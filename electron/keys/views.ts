import type { Settings } from '../../shared/contract/settings';
import { createKeyLens, type KeyView } from '../../shared/model/keyLens';
import type { Connections } from '../aws/types';
import type { ChosenScope } from './scopes';
import type { Snapshots } from './snapshots';

export type TagNames = Pick<Settings, 'environmentTag' | 'ownerTag'>;

/** Rows that are read and judged before the event loop gets a turn. */
const slice = 200;

/** The stored rows of the given scopes with their verdicts, judged at each account's own present time. */
export async function readViews(
  scopes: readonly ChosenScope[],
  parts: { snapshots: Snapshots; connections: Connections; now: () => Date; tagNames: TagNames },
): Promise<KeyView[]> {
  const { snapshots, connections, now, tagNames } = parts;
  const clocks = new Map<string, Date>();
  for (const connection of new Set(scopes.map((scope) => scope.connection))) {
    clocks.set(connection, await connections.now(connection).catch(now));
  }
  const lens = createKeyLens({ ...tagNames, now: (row) => clocks.get(row.connection) ?? now() });
  const views: KeyView[] = [];
  for (const scope of scopes) {
    for (const rows of snapshots.parts(scope, slice)) {
      for (const row of rows) views.push(lens(row));
      await new Promise(setImmediate);
    }
  }
  return views;
}
