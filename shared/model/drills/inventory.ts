/** What of a key two drills are compared by. */
export interface KeyFacts {
  readonly arn: string;
  /** Made by the drill itself: not compared. */
  readonly drillKey: boolean;
  readonly state: string;
  readonly origin: string;
  readonly rotation: string;
  readonly materials: readonly string[];
  readonly policySha256: string;
  readonly grants: readonly string[];
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
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

function keyDifferences(was: KeyFacts, is: KeyFacts): string[] {
  const single = (['state', 'origin', 'rotation'] as const).flatMap((name) =>
    was[name] === is[name] ? [] : [`${name} was ${was[name]}, is ${is[name]}`],
  );
  const lists = (['materials', 'grants', 'aliases', 'tags'] as const).flatMap((name) => {
    const [gone, come] = [minus(was[name], is[name]), minus(is[name], was[name])];
    return [
      ...(gone.length > 0 ? [`${name} without ${gone.join(', ')}`] : []),
      ...(come.length > 0 ? [`${name} with ${come.join(', ')}`] : []),
    ];
  });
  const policy = was.policySha256 === is.policySha256 ? [] : ['the policy has changed'];
  return [...single, ...policy, ...lists];
}

function minus(list: readonly string[], other: readonly string[]): string[] {
  return list.filter((one) => !other.includes(one));
}
