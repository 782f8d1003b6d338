import type { ScanDifference } from '../../../shared/model/tls/fleet';
import { tlsVersions } from '../../../shared/model/tls/scan';
import { gradeLetters } from '../../../shared/model/tls/judgement';
import type { FilterOption } from '../../ui';
import { expiryBuckets } from '../expiry';
import { gradeLooks, type GradeLetter } from '../grade';
import { versionLooks } from '../versions';
import type { EndpointFacet } from './lens';

/** What the filter bar calls the facets. */
export const facetTitles: Readonly<Record<EndpointFacet, string>> = {
  grade: 'Grade',
  version: 'Version offered',
  expiry: 'Certificate ends',
  changed: 'Changed',
  reached: 'Reachable',
  owner: 'Owner',
  tag: 'Tag',
};

const words: Readonly<Partial<Record<EndpointFacet, Readonly<Record<string, string>>>>> = {
  grade: {
    ...Object.fromEntries(
      gradeLetters.map((letter) => [letter, `${letter}  ${gradeLooks[letter].word}`]),
    ),
    unknown: 'Cannot tell',
    unreachable: 'Unreachable',
    never: 'Not scanned',
  },
  version: Object.fromEntries(tlsVersions.map((version) => [version, versionLooks[version].name])),
  expiry: {
    expired: 'Expired',
    '7': 'Within 7 days',
    '14': 'Within 14 days',
    '30': 'Within 30 days',
    '90': 'Within 90 days',
    later: 'Later',
    unknown: 'Not known',
  },
  changed: {
    worse: 'Worse',
    better: 'Better',
    changed: 'Otherwise',
    same: 'No change',
    never: 'Not scanned',
  },
  reached: {
    yes: 'Every address',
    some: 'Some addresses',
    no: 'No address',
    never: 'Not scanned',
  },
};

/** In the order of need: what has no order of its own goes by name, what is no data last. */
const orders: Readonly<Partial<Record<EndpointFacet, readonly string[]>>> = {
  grade: [...gradeLetters.toReversed(), 'unknown', 'unreachable', 'never'],
  version: tlsVersions,
  expiry: [...expiryBuckets, 'unknown'],
  changed: ['worse', 'better', 'changed', 'same', 'never'],
  reached: ['no', 'some', 'yes', 'never'],
};

/** The values of a facet to choose from; a chosen one that no row has is kept, with 0. */
export function facetOptions(
  facet: EndpointFacet,
  counts: ReadonlyMap<string, number>,
  selected: readonly string[],
): FilterOption[] {
  const rank = (value: string) => orders[facet]?.indexOf(value) ?? (value === '(none)' ? 1 : 0);
  return [...new Set([...counts.keys(), ...selected])]
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((value) => ({
      value,
      label: words[facet]?.[value] ?? value,
      count: counts.get(value) ?? 0,
    }));
}

/** `2 worse`, `1 better`, `1 changed`: what is otherwise since the scan before, the worst word first. */
export function changeWords(differences: readonly ScanDifference[]): string {
  return (['worse', 'better', 'changed'] as const)
    .flatMap((direction) => {
      const count = differences.filter((one) => one.direction === direction).length;
      return count > 0 ? [`${count} ${direction}`] : [];
    })
    .join(', ');
}

/** Every cap and warning of a letter in one line: for the badge's title. */
export function gradeTitle(letter: GradeLetter, ungraded: number): string {
  const rest =
    ungraded > 0
      ? ` ${ungraded} ${ungraded === 1 ? 'address has' : 'addresses have'} no grade.`
      : '';
  return `${letter}: ${gradeLooks[letter].word}.${rest}`;
}
