import { facetWords, type KeyFacet } from '../../shared/model/keyLens';
import { verdictValues, verdictWords } from '../../shared/model/verdict';
import { stateLook, type FilterOption } from '../ui';

/** What the filter bar calls the facets. */
export const facetTitles: Readonly<Record<KeyFacet, string>> = {
  verdict: 'Verdict',
  rotation: 'Rotation',
  state: 'State',
  kind: 'Kind',
  origin: 'Origin',
  manager: 'Managed by',
  region: 'Region',
  account: 'Account',
  environment: 'Environment',
  owner: 'Owner',
  change: 'Changed',
};

/**
 * The values of a facet to choose from: verdicts in the order of need, all else by name, what is no
 * data last. A chosen value that no row has now is kept, with 0, so that it can be taken away.
 */
export function facetOptions(
  facet: KeyFacet,
  counts: ReadonlyMap<string, number>,
  selected: readonly string[],
): FilterOption[] {
  const values = new Set([...counts.keys(), ...selected]);
  return [...values]
    .sort((a, b) => rank(facet, a) - rank(facet, b) || (a < b ? -1 : 1))
    .map((value) => ({ value, label: valueLabel(facet, value), count: counts.get(value) ?? 0 }));
}

/** A facet's value as a person reads it. */
export function valueLabel(facet: KeyFacet, value: string): string {
  if (facet === 'verdict' || facet === 'rotation') {
    return Object.hasOwn(verdictWords, value) ? verdictWords[value as 'pass'] : value;
  }
  if (facet === 'state' && !value.startsWith('(')) return stateLook(value).word;
  if (facet === 'change' && value === facetWords.none) return '(unchanged)';
  return value;
}

function rank(facet: KeyFacet, value: string): number {
  if (facet === 'verdict' || facet === 'rotation') return verdictValues.indexOf(value as 'pass');
  return value.startsWith('(') ? 1 : 0;
}
