/** What of a key two drills are compared by; `unknown` and null are what could not be read. */
export interface KeyFacts {
  readonly arn: string;
  /** Made by the drill itself: not compared. */
  readonly drillKey: boolean;
  readonly state: string;
  readonly origin: string;
  readonly rotation: string;
  readonly materials: readonly string[] | null;
  readonly policySha256: string;
  readonly grants: readonly string[] | null;
  readonly aliases: readonly string[] | null;
  readonly tags: readonly string[] | null;
}

/** What has changed between two inventories, a sentence each. */
export function inventoryDifferences(
  before: readonly KeyFacts[],
  after: readonly KeyFacts[],
): string[] {
  const lasting = (keys: readonly KeyFacts[]) =>
    new Map(keys.filter(({ drillKey }) => !drillKey).map((key) => [key.arn, key]));
  const [old, now] = [lasting(before), lasting(after)];
  return [
    ...[...now.keys()].filter((arn) => !old.has(arn)).map((arn) => `${arn} is new in scope.`),
    ...[...old.keys()]
      .filter((arn) => !now.has(arn))
      .map((arn) => `${arn} is not in scope any more.`),
    ...[...now].flatMap(([arn, key]) => {
      const was = old.get(arn);
      return was ? keyDifferences(was, key).map((what) => `${arn}: ${what}.`) : [];
    }),
  ];
}

/** What could not be read in one of the two is not taken for a change. */
function keyDifferences(was: KeyFacts, is: KeyFacts): string[] {
  const single = (['state', 'origin', 'rotation'] as const).flatMap((name) => {
    if (was[name] === is[name]) return [];
    if (was[name] === unknown || is[name] === unknown) return [notCompared(name)];
    return [`${name} was ${was[name]}, is ${is[name]}`];
  });
  const lists = (['materials', 'grants', 'aliases', 'tags'] as const).flatMap((name) => {
    const [old, now] = [was[name], is[name]];
    if (old === null && now === null) return [];
    if (old === null || now === null) return [notCompared(name)];
    const [gone, come] = [minus(old, now), minus(now, old)];
    return [
      ...(gone.length > 0 ? [`${name} without ${gone.join(', ')}`] : []),
      ...(come.length > 0 ? [`${name} with ${come.join(', ')}`] : []),
    ];
  });
  return [...single, ...policyDifference(was.policySha256, is.policySha256), ...lists];
}

function policyDifference(was: string, is: string): string[] {
  if (was === is) return [];
  return was === unknown || is === unknown ? [notCompared('policy')] : ['the policy has changed'];
}

const unknown = 'unknown';

function notCompared(name: string): string {
  return `${name} could not be read both times and is not compared`;
}

function minus(list: readonly string[], other: readonly string[]): string[] {
  return list.filter((one) => !other.includes(one));
}
