import { known, type Facet } from './facet';
import type { KeyMetadata, KeyRow, PolicySummary, RotationStatus, RotationSummary } from './key';

/** The parts of a row that AWS answers, each by its own API. */
export const facetNames = [
  'metadata',
  'aliases',
  'tags',
  'rotation',
  'history',
  'policy',
  'grants',
] as const;
export type FacetName = (typeof facetNames)[number];
export type KeyFacets = Pick<KeyRow, FacetName>;
/** Some of a row's facets. */
export type SomeFacets = { readonly [N in FacetName]?: KeyFacets[N] | undefined };

/**
 * What changed on a key from one reading to the next, in words of the table. Only what both readings
 * know is compared: a denial is no change, and an answer where there was none is none either.
 */
export function keyDifferences(before: SomeFacets, after: SomeFacets): string[] {
  return [
    ...both(before.metadata, after.metadata, metadataDifferences),
    ...both(before.aliases, after.aliases, aliasDifferences),
    ...both(before.tags, after.tags, tagDifferences),
    ...both(before.rotation, after.rotation, rotationDifferences),
    ...both(before.history, after.history, historyDifferences),
    ...both(before.policy, after.policy, policyDifferences),
    ...both(before.grants, after.grants, (a, b) => moved('grants', a.count, b.count)),
  ];
}

function both<T>(
  before: Facet<T> | undefined,
  after: Facet<T> | undefined,
  compare: (before: T, after: T) => string[],
): string[] {
  const [a, b] = [before && known(before), after && known(after)];
  return a === undefined || b === undefined ? [] : compare(a, b);
}

function metadataDifferences(a: KeyMetadata, b: KeyMetadata): string[] {
  const material =
    a.currentKeyMaterialId !== undefined &&
    b.currentKeyMaterialId !== undefined &&
    a.currentKeyMaterialId !== b.currentKeyMaterialId;
  return [
    ...moved('state', a.keyState, b.keyState),
    ...moved('deletion date', day(a.deletionDate), day(b.deletionDate)),
    ...moved('usage', a.keyUsage, b.keyUsage),
    ...moved('material expires', day(a.validTo), day(b.validTo)),
    ...moved('expiration', a.expirationModel, b.expirationModel),
    ...moved('multi-Region', a.multiRegion?.type, b.multiRegion?.type),
    ...moved('primary Region', a.multiRegion?.primaryRegion, b.multiRegion?.primaryRegion),
    ...listDifferences(
      'replica',
      a.multiRegion?.replicaRegions ?? [],
      b.multiRegion?.replicaRegions ?? [],
    ),
    ...moved('key store', a.customKeyStoreId, b.customKeyStoreId),
    ...(a.description === b.description ? [] : ['description edited']),
    ...(material ? ['new key material'] : []),
  ];
}

function aliasDifferences(a: readonly string[], b: readonly string[]): string[] {
  return listDifferences('alias', a, b);
}

function tagDifferences(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names]
    .toSorted()
    .flatMap((name) => moved(`tag ${name}`, ownValue(a, name), ownValue(b, name)));
}

function rotationDifferences(a: RotationStatus, b: RotationStatus): string[] {
  return [
    ...moved('rotation', onOff(a.enabled), onOff(b.enabled)),
    // While it is off AWS may still tell the period that is kept for later.
    ...(a.enabled && b.enabled ? moved('rotation period', a.periodDays, b.periodDays) : []),
  ];
}

function historyDifferences(a: RotationSummary, b: RotationSummary): string[] {
  if (b.count <= a.count) return [];
  const how = b.lastRotationType === 'ON_DEMAND' ? ' on demand' : '';
  const when = b.lastRotationDate === undefined ? '' : ` on ${day(b.lastRotationDate) ?? ''}`;
  return [`rotated${how}${when}`];
}

function policyDifferences(a: PolicySummary, b: PolicySummary): string[] {
  const words = [
    ...listDifferences(
      'policy statement open to everybody',
      a.publicStatements,
      b.publicStatements,
    ),
    ...listDifferences('account in policy', a.otherAccounts, b.otherAccounts),
    ...moved('root access', onOff(a.rootHasFullAccess), onOff(b.rootHasFullAccess)),
  ];
  const edited =
    a.textSha256 !== undefined && b.textSha256 !== undefined && a.textSha256 !== b.textSha256;
  return words.length === 0 && edited ? ['policy edited'] : words;
}

function listDifferences(what: string, a: readonly string[], b: readonly string[]): string[] {
  return [
    ...b.filter((entry) => !a.includes(entry)).map((entry) => `${what} added: ${entry}`),
    ...a.filter((entry) => !b.includes(entry)).map((entry) => `${what} removed: ${entry}`),
  ];
}

function moved(
  what: string,
  a: string | number | undefined,
  b: string | number | undefined,
): string[] {
  return a === b ? [] : [`${what}: ${a ?? 'none'} -> ${b ?? 'none'}`];
}

function ownValue(tags: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(tags, name) ? tags[name] : undefined;
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}

function day(date: string | undefined): string | undefined {
  return date?.slice(0, 10);
}
