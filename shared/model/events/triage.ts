import type { EventRow, FailureCause } from './event';
import type { TriageGroup } from './findings';

/**
 * Uses of a key whose failures are grouped: every cryptographic operation with it, and what it is for.
 * Source: KMS developer guide, "Cryptographic operations".
 */
const keyUses: readonly (readonly [RegExp, string])[] = [
  [/^(Decrypt|ReEncrypt|Encrypt|GenerateDataKey)/, 'data'],
  [/^(Sign|Verify)$/, 'signatures'],
  [/^(GenerateMac|VerifyMac)$/, 'MACs'],
  [/^(DeriveSharedSecret|Encapsulate|Decapsulate)$/, 'shared secrets'],
];

/** What a use of a key is for; undefined where a call is none. */
function purposeOf(name: string): string | undefined {
  return keyUses.find(([names]) => names.test(name))?.[1];
}

/** Whether an event is a failed use of a key that triage is about. */
export function isFailedUse(
  row: Pick<EventRow, 'source' | 'name' | 'outcome' | 'dryRun'>,
): boolean {
  return (
    row.source === 'kms.amazonaws.com' &&
    row.outcome !== 'ok' &&
    !row.dryRun &&
    purposeOf(row.name) !== undefined
  );
}

/**
 * Groups failed uses of keys by cause, by who called and by what the encryption context names; the
 * most recent group first.
 * @param events in any order
 * @param now the account's present time, for the trend
 */
export function triage(events: Iterable<EventRow>, now: Date): TriageGroup[] {
  const groups = new Map<string, Gathered>();
  for (const row of events) {
    if (!isFailedUse(row)) continue;
    const cause = row.cause ?? 'other';
    const [key] = row.keys;
    const about = aboutOf(row.encryptionContext);
    const deniedBy = cause === 'denied' ? denierOf(row.message ?? '') : undefined;
    const who = row.role ?? row.callerArn ?? row.caller;
    const id = [cause, row.account, row.region, who, key, about, deniedBy].join('|');
    const group = groups.get(id) ?? {
      id,
      cause,
      who: row,
      key,
      about,
      deniedBy,
      names: new Set(),
      times: [],
      examples: [],
    };
    groups.set(id, group);
    group.names.add(row.name);
    group.times.push(Date.parse(row.at));
    group.examples.push({ at: row.at, eventId: row.eventId });
  }
  return merged([...groups.values()])
    .map((group) => finish(group, now))
    .sort((a, b) => (a.last < b.last ? 1 : a.last > b.last ? -1 : b.count - a.count));
}

/** A caller that fails in the same way at more keys than this tries them one after the other: one finding. */
const keysApart = 3;

function merged(groups: readonly Gathered[]): Gathered[] {
  const alike = new Map<string, Gathered[]>();
  for (const group of groups) {
    const { cause, who, deniedBy } = group;
    const caller = who.role ?? who.callerArn ?? who.caller;
    const name = [cause, who.account, who.region, caller, deniedBy].join('|');
    alike.set(name, [...(alike.get(name) ?? []), group]);
  }
  return [...alike].flatMap(([name, same]) => {
    const keys = new Set(same.flatMap(({ key }) => key ?? []));
    const [first] = same;
    if (!first || keys.size <= keysApart) return same;
    return [
      {
        ...first,
        id: name,
        key: undefined,
        about: undefined,
        keys: keys.size,
        names: new Set(same.flatMap(({ names }) => [...names])),
        times: same.flatMap(({ times }) => times),
        examples: same.flatMap(({ examples }) => examples),
      },
    ];
  });
}

interface Gathered {
  readonly id: string;
  readonly cause: FailureCause;
  readonly who: EventRow;
  readonly key: string | undefined;
  /** How many, where they are told as one. */
  readonly keys?: number;
  readonly about: string | undefined;
  readonly deniedBy: string | undefined;
  readonly names: Set<string>;
  readonly times: number[];
  readonly examples: { at: string; eventId: string }[];
}

function finish(group: Gathered, now: Date): TriageGroup {
  const { id, cause, who, key, about, deniedBy } = group;
  const times = group.times.toSorted((a, b) => a - b);
  const name = who.role === undefined ? who.caller : roleName(who.role);
  const purposes = new Set([...group.names].map(purposeOf));
  const [purpose = 'data'] = purposes.size === 1 ? purposes : [];
  const what = about ?? purpose;
  return {
    id,
    cause,
    summary: `${name} could not use ${keyWords(group)} for ${what}: ${causeWords[cause]}.`,
    next: deniedBy === undefined ? nextSteps[cause] : (denialSteps[deniedBy] ?? nextSteps.denied),
    caller: who.caller,
    ...(who.role !== undefined && { role: who.role }),
    ...(key !== undefined && { key }),
    ...(about !== undefined && { about }),
    ...(deniedBy !== undefined && { deniedBy }),
    names: [...group.names].sort(),
    count: times.length,
    first: iso(times[0] ?? 0),
    last: iso(times.at(-1) ?? 0),
    trend: trendOf(times, now.getTime()),
    account: who.account,
    region: who.region,
    examples: group.examples
      .toSorted((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, 5)
      .map(({ eventId }) => eventId),
  };
}

const dayMs = 86_400_000;

/** The last seven days beside the seven before. */
function trendOf(times: readonly number[], now: number): TriageGroup['trend'] {
  const within = (from: number, to: number) =>
    times.filter((at) => at > now - from * dayMs && at <= now - to * dayMs).length;
  const recent = within(7, 0);
  const before = within(14, 7);
  if (recent === 0) return 'over';
  if (before === 0) return (times[0] ?? 0) > now - 7 * dayMs ? 'new' : 'rising';
  if (recent > before * 1.5) return 'rising';
  return recent < before / 1.5 ? 'falling' : 'steady';
}

/** What the encryption context names, by the keys that AWS services and SDKs use. */
export function aboutOf(context: Readonly<Record<string, string>>): string | undefined {
  for (const [name, what] of contextNames) {
    const value = context[name];
    if (value !== undefined) return `${what} ${value.replace(/^arn:[^:]*:s3:::/, '')}`;
  }
  const [first] = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return first && `${first[0]} ${first[1]}`;
}

/** Source: developer guides of the services, "Encryption context" of each. */
const contextNames: readonly (readonly [string, string])[] = [
  ['aws:s3:arn', 'bucket'],
  ['aws:ebs:id', 'volume'],
  ['aws:dynamodb:tableName', 'table'],
  ['aws:rds:dbc-id', 'database cluster'],
  ['aws:rds:db-id', 'database'],
  ['SecretARN', 'secret'],
  ['PARAMETER_ARN', 'parameter'],
  ['aws:lambda:FunctionArn', 'function'],
  ['aws:sqs:arn', 'queue'],
  ['aws:sns:topicArn', 'topic'],
  ['aws:logs:arn', 'log group'],
  ['aws:cloudtrail:arn', 'trail'],
  ['aws:kinesis:arn', 'stream'],
  ['aws:elasticfilesystem:filesystem:id', 'file system'],
  ['aws:redshift:arn', 'cluster'],
];

/** What said no, as AWS's text of a denial tells it. */
function denierOf(message: string): string {
  if (/explicit deny in a service control policy|service control policy/.test(message)) {
    return 'service control policy';
  }
  if (/explicit deny/.test(message)) return 'explicit deny';
  if (/permissions boundary/.test(message)) return 'permissions boundary';
  if (/session policy/.test(message)) return 'session policy';
  if (/VPC endpoint policy/i.test(message)) return 'endpoint policy';
  if (/no resource-based policy/.test(message)) return 'key policy';
  if (/no identity-based policy/.test(message)) return 'identity policy';
  return 'policy';
}

const denialSteps: Readonly<Record<string, string>> = {
  'key policy':
    'The key policy does not let this caller in. If it should: add a statement, or a grant for one task. If it should not: find out why it tried.',
  'identity policy':
    'The caller’s own policies do not allow it. If it should use the key: give its role the permission for this key only.',
  'explicit deny':
    'A policy denies it expressly. Find the Deny statement before changing anything: it is there for a reason.',
  'service control policy':
    'The organisation forbids it. Only who administers the organisation can change that.',
  'permissions boundary': 'The caller’s permissions boundary does not include it.',
  'session policy': 'The session was opened with fewer rights than the role has.',
  'endpoint policy': 'The VPC endpoint’s policy does not let it through.',
};

const causeWords: Readonly<Record<FailureCause, string>> = {
  'wrong-key': 'the ciphertext belongs to another key',
  'wrong-context-or-tampered': 'the encryption context differs, or the ciphertext was changed',
  'wrong-signature': 'the signature or MAC does not fit the message',
  disabled: 'the key is disabled',
  'pending-deletion': 'the key is about to be deleted',
  'pending-import': 'the key has no key material',
  denied: 'access was denied',
  throttled: 'AWS throttled the calls',
  'key-store-away': 'the key store did not answer',
  'not-found': 'there is no such key',
  'other-state': 'the key’s state does not allow it',
  other: 'AWS refused',
};

const nextSteps: Readonly<Record<FailureCause, string>> = {
  'wrong-key':
    'Compare the key that the caller names with the one that the data was encrypted under: a changed configuration, or data of another environment.',
  'wrong-context-or-tampered':
    'Compare the encryption context with that of the encryption. If it is the same, the stored ciphertext was damaged or changed: take it from a backup and find out who wrote it.',
  'wrong-signature':
    'Compare message, algorithm and key with those of the signing. If they are the same, the message or its signature was changed: find out who sent it.',
  disabled: 'Enable the key if what it protects is still needed, and ask who disabled it.',
  'pending-deletion':
    'Cancel the deletion, then enable the key, before its waiting period ends: after that the data is lost.',
  'pending-import': 'Import the key material again: the same bytes, or the data stays closed.',
  denied:
    'Find the policy that should allow it. If nobody knows the caller, treat it as an attempt.',
  throttled:
    'Spread the calls, cache data keys, or ask AWS for a larger quota. Look at AWS/Usage CallCount beside the quota.',
  'key-store-away': 'Look at the key store’s connection and its cluster or proxy.',
  'not-found': 'Correct the key id, account or Region that the caller is configured with.',
  'other-state': 'Look at the key’s state.',
  other: 'Open an event and read AWS’s message.',
};

function keyWords({ key, keys }: Gathered): string {
  if (keys !== undefined) return `any of ${keys} keys`;
  return key === undefined ? 'a key' : shortKey(key);
}

function roleName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function shortKey(key: string): string {
  const id = key.slice(key.lastIndexOf('/') + 1);
  return `key ${id.length > 20 ? `${id.slice(0, 8)}…` : id}`;
}

function iso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
