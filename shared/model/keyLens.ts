import { known, type Facet } from './facet';
import { keyRefString, type KeyRow } from './key';
import { rotationOutlook, type RotationOutlook } from './keyRotationRules';
import { keyVerdicts, overallVerdict, type KeyVerdicts } from './keyVerdicts';
import type { VerdictValue } from './verdict';

/** A row with what is derived from it: computed once a row object, then read by filters, sort and cells. */
export interface KeyView {
  readonly row: KeyRow;
  /** `practice/eu-central-1/1234abcd-...`. */
  readonly id: string;
  readonly outlook: RotationOutlook;
  readonly verdicts: KeyVerdicts;
  /** The verdict that needs a person most. */
  readonly overall: VerdictValue;
  /** The row's value of each facet by which keys can be filtered. */
  readonly facets: Readonly<Record<KeyFacet, string>>;
  /** Everything the search looks into, in lower case. */
  readonly searchText: string;
}

/** What the view of a row depends on besides the row. */
export interface KeyLensOptions {
  /** The present time of the row's account. */
  readonly now: (row: KeyRow) => Date;
  readonly environmentTag: string;
  readonly ownerTag: string;
}

/** Facets in the order in which the filter bar shows them. */
export const keyFacets = [
  'verdict',
  'rotation',
  'state',
  'kind',
  'origin',
  'manager',
  'region',
  'account',
  'environment',
  'owner',
  'change',
] as const;
export type KeyFacet = (typeof keyFacets)[number];

/** Values of a facet that are not data but what is known of the data. */
export const facetWords = {
  pending: '(not read yet)',
  'cannot-tell': '(cannot tell)',
  'not-applicable': '(not applicable)',
  none: '(none)',
} as const;

/** Makes the function that derives the view of a row; the same row object gives the same view. */
export function createKeyLens(options: KeyLensOptions): (row: KeyRow) => KeyView {
  const views = new WeakMap<KeyRow, KeyView>();
  return (row) => {
    const kept = views.get(row);
    if (kept) return kept;
    const view = viewOf(row, options);
    views.set(row, view);
    return view;
  };
}

function viewOf(row: KeyRow, options: KeyLensOptions): KeyView {
  const now = options.now(row);
  const verdicts = keyVerdicts(row, now, options);
  const overall = overallVerdict(verdicts).value;
  return {
    row,
    id: keyRefString(row),
    outlook: rotationOutlook(row, now),
    verdicts,
    overall,
    facets: {
      verdict: overall,
      rotation: verdicts.rotation.value,
      state: facetValue(row.metadata, (metadata) => metadata.keyState),
      kind: facetValue(row.metadata, (metadata) => metadata.keySpec),
      origin: facetValue(row.metadata, (metadata) => metadata.origin),
      manager: facetValue(row.metadata, (metadata) => metadata.keyManager),
      region: row.region,
      account: row.accountId,
      environment: tagFacet(row, options.environmentTag),
      owner: tagFacet(row, options.ownerTag),
      change: row.change?.kind ?? facetWords.none,
    },
    searchText: searchTextOf(row),
  };
}

function facetValue<T>(facet: Facet<T>, read: (value: T) => string | undefined): string {
  if (facet.status !== 'known') return facetWords[facet.status];
  return read(facet.value) || facetWords.none;
}

function tagFacet(row: KeyRow, tag: string): string {
  // A null-prototype-safe read: a tag may be named like an inherited property.
  return facetValue(row.tags, (tags) => (Object.hasOwn(tags, tag) ? tags[tag] : undefined));
}

function searchTextOf(row: KeyRow): string {
  const tags = Object.entries(known(row.tags) ?? {}).map(([name, value]) => `${name}=${value}`);
  return [
    ...(known(row.aliases) ?? []),
    row.keyId,
    row.arn,
    known(row.metadata)?.description ?? '',
    ...tags,
  ]
    .join('\n')
    .toLowerCase();
}
