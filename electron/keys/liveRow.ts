import type { Facet } from '../../shared/model/facet';
import type { KeyChange, KeyRow } from '../../shared/model/key';
import {
  facetNames,
  keyDifferences,
  type FacetName,
  type KeyFacets,
  type SomeFacets,
} from '../../shared/model/keyDifferences';

/** A row as it is stored, with what was known of facets that can no longer be told. */
export interface StoredKey {
  readonly row: KeyRow;
  readonly lastKnown: SomeFacets;
  /** What this run was told beyond the row's summaries. */
  readonly told?: ToldTexts;
}

/** What summaries of a key were made of, for comparing changes with the time before. */
export interface ToldTexts {
  policy?: string;
  grantees?: string;
}

/** One key while a refresh runs: what the snapshot had, and what this run has been told. */
export interface LiveRow {
  readonly identity: Pick<KeyRow, 'connection' | 'region' | 'keyId' | 'accountId' | 'arn'>;
  readonly previous: StoredKey | undefined;
  /** When the scope was last listed whole, if it was: without it a key that was not there is not "new". */
  readonly listedBefore: string | undefined;
  readonly fresh: Partial<KeyFacets>;
  readonly told: ToldTexts;
}

/** Facets of this run that are still to come. */
export function openFacets(live: LiveRow): number {
  return facetNames.length - Object.keys(live.fresh).length;
}

/**
 * The row as it stands: this run's answers; what it has not asked yet stays as the snapshot had it,
 * with its own older time; the rest is pending. An answer that could not be had replaces what was
 * known, which goes to `lastKnown`: it is compared with, never read as a verdict.
 */
export function standOf(live: LiveRow): StoredKey {
  const { identity, previous, fresh } = live;
  const facets = Object.fromEntries(
    facetNames.map((name) => [name, fresh[name] ?? previous?.row[name] ?? { status: 'pending' }]),
  ) as KeyFacets;
  const change = changeOf(live, facets);
  return {
    row: { ...identity, ...facets, ...(change && { change }) },
    lastKnown: previous ? lastKnownBeside(facets, previous) : {},
    told: live.told,
  };
}

function changeOf(live: LiveRow, facets: KeyFacets): KeyChange | undefined {
  const { previous, listedBefore } = live;
  if (!previous) {
    return listedBefore === undefined
      ? undefined
      : { kind: 'new', what: ['not there before'], since: listedBefore };
  }
  const what = keyDifferences({ ...previous.row, ...previous.lastKnown }, facets);
  if (previous.row.change?.kind === 'gone') what.unshift('listed again');
  if (what.length === 0) return undefined;
  return { kind: 'changed', what, since: asOfRow(previous.row) ?? listedBefore ?? '' };
}

/** When a row was last read: the newest of its facets. */
export function asOfRow(row: KeyRow): string | undefined {
  return facetNames
    .flatMap((name) => {
      const facet: Facet<unknown> = row[name];
      return 'asOf' in facet ? [facet.asOf] : [];
    })
    .toSorted()
    .at(-1);
}

function lastKnownBeside(facets: KeyFacets, previous: StoredKey): SomeFacets {
  const before: SomeFacets = { ...previous.lastKnown };
  for (const name of facetNames) {
    if (previous.row[name].status === 'known')
      Object.assign(before, { [name]: previous.row[name] });
  }
  return Object.fromEntries(
    Object.entries(before).filter(([name]) => facets[name as FacetName].status === 'cannot-tell'),
  );
}
