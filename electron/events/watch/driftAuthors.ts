import type { Drift } from '../../../shared/model/events/watch/report';
import type { EventTable } from '../table/eventTable';

/** So many events are named of one change, the newest. */
const mostAuthors = 5;

/**
 * The events between two readings of a key that can have made a change: of that key, of the right kind,
 * and done. Times are compared to the second; a reading may be older than an event of its second.
 */
export function driftAuthors(
  table: EventTable,
  drifts: readonly Omit<Drift, 'authors'>[],
): Drift[] {
  const names = new Set(Object.values(makers).flat());
  const wanted = Uint8Array.from(table.words.name.values, (name) => (names.has(name) ? 1 : 0));
  const ok = table.words.outcome.find('ok');
  const { name, outcome } = table.columns;
  const raw = name.raw;
  const byKey = new Map<string, number[]>();
  for (const index of table.newestFirst()) {
    if (wanted[raw[index] ?? 0] !== 1 || outcome.at(index) !== ok) continue;
    const row = table.row(index);
    if (row.dryRun) continue;
    for (const key of row.keys) {
      const id = `${row.account} ${row.region} ${key.replace(/^.*\//, '')}`;
      const list = byKey.get(id);
      if (list) list.push(index);
      else byKey.set(id, [index]);
    }
  }
  return drifts.map((drift) => {
    const { account, region, keyId, since, until, what } = drift;
    const possible = makersOf(what);
    const authors = (byKey.get(`${account} ${region} ${keyId}`) ?? [])
      .map((index) => table.row(index))
      .filter(({ at, name: made }) => {
        const time = Date.parse(at);
        return possible.includes(made) && time >= second(since) && time <= Date.parse(until);
      })
      .slice(0, mostAuthors)
      .map(({ eventId, at, name: made, caller }) => ({ eventId, at, name: made, caller }));
    return { ...drift, authors };
  });
}

/** Which events change what, by how the key table's words begin. */
const makers: Readonly<Record<string, readonly string[]>> = {
  policy: ['PutKeyPolicy'],
  'account in policy': ['PutKeyPolicy'],
  'root access': ['PutKeyPolicy'],
  grants: ['CreateGrant', 'RevokeGrant', 'RetireGrant'],
  alias: ['CreateAlias', 'UpdateAlias', 'DeleteAlias'],
  replica: ['ReplicateKey', 'ScheduleKeyDeletion', 'DeleteKey', 'CancelKeyDeletion'],
  'primary Region': ['UpdatePrimaryRegion'],
  'multi-Region': ['UpdatePrimaryRegion'],
  state: [
    'DisableKey',
    'EnableKey',
    'ScheduleKeyDeletion',
    'CancelKeyDeletion',
    'ImportKeyMaterial',
    'DeleteImportedKeyMaterial',
    'DeleteExpiredKeyMaterial',
    'ConnectCustomKeyStore',
    'DisconnectCustomKeyStore',
  ],
  'deletion date': ['ScheduleKeyDeletion', 'CancelKeyDeletion'],
  rotation: ['EnableKeyRotation', 'DisableKeyRotation'],
  rotated: ['RotateKey', 'RotateKeyOnDemand'],
  'new key material': ['RotateKey', 'RotateKeyOnDemand', 'ImportKeyMaterial'],
  material: ['ImportKeyMaterial', 'DeleteImportedKeyMaterial', 'DeleteExpiredKeyMaterial'],
  expiration: ['ImportKeyMaterial'],
  tag: ['TagResource', 'UntagResource'],
  description: ['UpdateKeyDescription'],
};

function makersOf(what: string): readonly string[] {
  const [start] = Object.keys(makers)
    .filter((each) => what.startsWith(each))
    .toSorted((a, b) => b.length - a.length);
  return start === undefined ? [] : (makers[start] ?? []);
}

/** An event's time has no fraction of a second: the whole second counts. */
function second(time: string): number {
  return Math.floor(Date.parse(time) / 1000) * 1000;
}
