import type { KeyRow } from '../../shared/model/key';
import { asOfRow, type StoredKey } from './liveRow';
import type { RegionRun } from './regionRun';
import type { Scope, Snapshots } from './snapshots';

/** Rows in one transaction. */
const batch = 50;

/**
 * After a whole listing: marks the snapshot's keys that are no longer in it as gone and tells them in
 * parts; those that were marked the time before are dropped, as are those of another account that the
 * connection once led to.
 */
export async function* markGone(
  snapshots: Snapshots,
  scope: Scope,
  { rows, accountId }: Pick<RegionRun, 'rows' | 'accountId'>,
): AsyncGenerator<KeyRow[]> {
  const missing = snapshots.keyIds(scope).filter((keyId) => !rows.has(keyId));
  for (let from = 0; from < missing.length; from += batch) {
    const gone: StoredKey[] = [];
    const dropped: string[] = [];
    for (const keyId of missing.slice(from, from + batch)) {
      const stored = snapshots.find(scope, keyId);
      const known =
        stored && stored.row.change?.kind !== 'gone' && stored.row.accountId === accountId;
      if (known) gone.push(withChange(stored));
      else dropped.push(keyId);
    }
    snapshots.save(gone);
    snapshots.remove(scope, dropped);
    if (gone.length > 0) yield gone.map(({ row }) => row);
    await new Promise(setImmediate);
  }
}

function withChange({ row, lastKnown }: StoredKey): StoredKey {
  const change = { kind: 'gone' as const, what: ['no longer listed'], since: asOfRow(row) ?? '' };
  return { row: { ...row, change }, lastKnown };
}
