import type { Alert } from '../findings';
import { spanText, timeText, type WatchedRow } from './draft';
import { watchRules } from './rules';

const dayMs = 86_400_000;
/** A job that is refused the same again and again is one alert for as long. */
const sameDays = 35;
const sources: Readonly<Record<string, RegExp>> = {
  'kms.amazonaws.com':
    /^(ScheduleKeyDeletion|DisableKey|PutKeyPolicy|CreateGrant|DeleteImportedKeyMaterial|UpdateAlias|DeleteAlias|DisableKeyRotation|ReplicateKey|UpdatePrimaryRegion|DisconnectCustomKeyStore|DeleteCustomKeyStore)$/,
  'cloudtrail.amazonaws.com': /^(StopLogging|DeleteTrail|UpdateTrail|PutEventSelectors)$/,
};

/** Whether an event is a dangerous change that AWS refused for want of permission. */
export function isRefusedChange(
  row: Pick<WatchedRow, 'source' | 'name' | 'outcome' | 'dryRun'>,
): boolean {
  const names = Object.hasOwn(sources, row.source) ? sources[row.source] : undefined;
  return row.outcome === 'denied' && !row.dryRun && names?.test(row.name) === true;
}

/**
 * What a caller tried within a day is one alert; the same calls again within weeks belong to it.
 * @param rows refused changes, oldest first
 */
export function refusedChanges(rows: readonly WatchedRow[]): Alert[] {
  const groups = new Map<string, WatchedRow[][]>();
  for (const row of rows) {
    const who = `${row.account}|${row.role ?? row.callerArn ?? row.caller}`;
    const ofCaller = groups.get(who) ?? [];
    groups.set(who, ofCaller);
    const open = ofCaller.find((group) => {
      const quiet = Date.parse(row.at) - Date.parse(group.at(-1)?.at ?? '');
      const same = group.some(({ name }) => name === row.name);
      return quiet <= dayMs || (same && quiet <= sameDays * dayMs);
    });
    if (open) open.push(row);
    else ofCaller.push([row]);
  }
  return [...groups.values()].flat().flatMap(alertFor);
}

function alertFor(group: readonly WatchedRow[]): Alert[] {
  const [first] = group;
  const last = group.at(-1);
  if (!first || !last) return [];
  const { kind, title } = watchRules['change-refused'];
  const names = [...new Set(group.map(({ name }) => name))];
  const onTrails = group.some(({ source }) => source === 'cloudtrail.amazonaws.com');
  const keys = [...new Set(group.flatMap(({ keys: [key] }) => key ?? []))];
  const often = group.length === 1 ? 'once' : `${group.length} times`;
  const span =
    group.length === 1
      ? `at ${timeText(first.at)}`
      : `within ${spanText(first.at, last.at)}, first at ${timeText(first.at)}`;
  return [
    {
      id: `change-refused|${first.eventId}`,
      kind,
      rule: 'change-refused',
      severity: onTrails ? 'high' : 'medium',
      title,
      reason: `${first.caller} tried ${names.join(', ')} and was refused ${often}, ${span}.${onTrails ? ' Changes of a trail are among them: an attack on the log.' : ''}`,
      at: last.at,
      account: first.account,
      region: first.region,
      caller: first.caller,
      ...(keys.length === 1 && { key: keys[0] }),
      events: group.slice(0, 20).map(({ eventId }) => eventId),
      count: group.length,
    },
  ];
}
