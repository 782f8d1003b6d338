import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standOf, type LiveRow, type StoredKey } from '../../../electron/keys/liveRow';
import type { Facet } from '../../../shared/model/facet';
import type { KeyMetadata, KeyRow } from '../../../shared/model/key';
import { facetNames, keyDifferences, type FacetName } from '../../../shared/model/keyDifferences';
import { keyVerdicts, overallVerdict } from '../../../shared/model/keyVerdicts';
import { denied, exampleMetadata, exampleNow, exampleRow, read } from './exampleRows';

describe('differences', () => {
  const metadata = (a: Partial<KeyMetadata>, b: Partial<KeyMetadata>) =>
    keyDifferences(
      { metadata: read({ ...exampleMetadata, ...a }) },
      { metadata: read({ ...exampleMetadata, ...b }) },
    );

  it('are none between a row and itself', () => {
    expect(keyDifferences(exampleRow(), exampleRow())).toEqual([]);
  });

  it.each([
    [{}, { keyState: 'Disabled' }, 'state: Enabled -> Disabled'],
    [{}, { deletionDate: '2026-12-01T00:00:00Z' }, 'deletion date: none -> 2026-12-01'],
    [{}, { description: 'other' }, 'description edited'],
    [{ currentKeyMaterialId: 'a' }, { currentKeyMaterialId: 'b' }, 'new key material'],
  ])('%o, %o: %s', (a, b, words) => expect(metadata(a, b)).toEqual([words]));

  it('name aliases, tags, rotation, policy and grants', () => {
    const before = exampleRow();
    const after = exampleRow({
      aliases: read(['alias/new']),
      tags: read({ Owner: 'search', Team: 'x' }),
      rotation: read({ enabled: false }),
      history: read({
        count: 2,
        lastRotationDate: '2026-11-19T00:00:00Z',
        lastRotationType: 'ON_DEMAND',
        onDemandUsed: 1,
      }),
      policy: read({
        publicStatements: ['Open'],
        otherAccounts: ['444455556666'],
        rootHasFullAccess: false,
      }),
      grants: read({ count: 3 }),
    });
    expect(keyDifferences(before, after)).toEqual([
      'alias added: alias/new',
      'alias removed: alias/billing',
      'tag Environment: prod -> none',
      'tag Owner: payments -> search',
      'tag Team: none -> x',
      'rotation: on -> off',
      'rotated on demand on 2026-11-19',
      'policy statement open to everybody added: Open',
      'account in policy added: 444455556666',
      'root access: on -> off',
      'grants: 0 -> 3',
    ]);
  });

  it('tell of an edited policy that grants the same', () => {
    const policy = (textSha256: string) => ({
      policy: read({
        publicStatements: [],
        otherAccounts: [],
        rootHasFullAccess: true,
        textSha256,
      }),
    });
    expect(keyDifferences(policy('a'), policy('b'))).toEqual(['policy edited']);
  });

  it('are none where either side does not know', () => {
    const row = exampleRow();
    const lost = { ...row, tags: denied<Record<string, string>>('kms:ListResourceTags') };
    expect(keyDifferences(row, lost)).toEqual([]);
    expect(keyDifferences(lost, row)).toEqual([]);
  });
});

describe('a row in the middle of a refresh', () => {
  const { connection, region, keyId, accountId, arn } = exampleRow();
  const live = (previous: StoredKey | undefined, fresh: LiveRow['fresh']): LiveRow => ({
    identity: { connection, region, keyId, accountId, arn },
    previous,
    listedBefore: exampleNow,
    fresh,
    told: {},
  });
  const stored = (row: KeyRow): StoredKey => ({ row, lastKnown: {} });

  it('shows what the snapshot had until it is told anew', () => {
    const { row } = standOf(live(stored(exampleRow()), { tags: read({}) }));
    expect(row.tags).toMatchObject({ value: {} });
    expect(row.rotation).toEqual(exampleRow().rotation);
  });

  it('is pending where nothing was known before', () => {
    const { row } = standOf(live(undefined, { tags: read({}) }));
    expect(row.rotation).toEqual({ status: 'pending' });
    expect(row.change?.kind).toBe('new');
  });

  it('keeps in mind what a denial hides, and compares with it afterwards', () => {
    const hidden = standOf(
      live(stored(exampleRow()), { tags: denied<Record<string, string>>('kms:ListResourceTags') }),
    );
    expect(hidden.row.tags.status).toBe('cannot-tell');
    expect(hidden.lastKnown.tags).toEqual(exampleRow().tags);
    const shown = standOf(live(hidden, { tags: read({ Environment: 'prod' }) }));
    expect(shown.row.change?.what).toEqual(['tag Owner: payments -> none']);
    expect(shown.lastKnown).toEqual({});
  });

  /** What one run may be told of a facet; undefined where it was cancelled before. */
  const told = (name: FacetName) =>
    fc.constantFrom<Facet<unknown> | undefined>(undefined, denied('kms:Any'), exampleRow()[name]);
  const run = fc.record(
    Object.fromEntries(facetNames.map((name) => [name, told(name)])),
  ) as fc.Arbitrary<Partial<Record<FacetName, Facet<unknown>>>>;

  it('never turns what cannot be told into a pass, over any number of partial refreshes', () => {
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), (runs) => {
        let previous: StoredKey | undefined;
        const last: Partial<Record<FacetName, Facet<unknown>>> = {};
        for (const answers of runs) {
          const fresh = Object.fromEntries(Object.entries(answers).filter(([, facet]) => facet));
          Object.assign(last, fresh);
          previous = standOf(live(previous, fresh));
        }
        const row = previous?.row ?? exampleRow();
        for (const name of facetNames) {
          expect(row[name].status, name).toBe(last[name]?.status ?? 'pending');
        }
        const unknown = (['metadata', 'tags', 'rotation', 'policy'] as const).some(
          (name) => row[name].status !== 'known',
        );
        const { value } = overallVerdict(keyVerdicts(row, new Date(exampleNow)));
        expect(value).toBe(unknown ? 'cannot-tell' : 'pass');
      }),
    );
  });
});
