import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facet } from '../../../shared/model/facet';
import type { KeyMetadata, KeyRow } from '../../../shared/model/key';
import { facetNames } from '../../../shared/model/keyDifferences';
import { keyChecks, keyVerdicts, overallVerdict } from '../../../shared/model/keyVerdicts';
import { denied, exampleNow, exampleRow, read } from './exampleRows';

const now = new Date(exampleNow);
const judge = (change?: Parameters<typeof exampleRow>[0]) => keyVerdicts(exampleRow(change), now);
const withMetadata = (metadata: Partial<KeyMetadata>) => judge({ metadata });

describe('rotation', () => {
  const rotation = (value: KeyRow['rotation'], metadata: Partial<KeyMetadata> = {}) =>
    judge({ rotation: value, metadata }).rotation;
  const on = (periodDays?: number, nextRotationDate?: string) =>
    read({ enabled: true, periodDays, nextRotationDate });

  it('passes a key that rotates often enough, with period and date', () => {
    expect(rotation(on(365, '2027-02-01T08:00:00.000Z'))).toEqual({
      value: 'pass',
      reason: 'Rotates every 365 days, next on 2027-02-01.',
    });
  });

  it.each([
    ['off', read({ enabled: false }), {}, 'fail', /off/],
    ['a period over the limit', on(730, '2027-02-01T08:00:00.000Z'), {}, 'fail', /730 days/],
    ['overdue', on(365, '2026-10-01T08:00:00.000Z'), {}, 'fail', /overdue by 50 days/],
    [
      'on, but no period told',
      on(undefined, '2027-02-01T08:00:00.000Z'),
      {},
      'cannot-tell',
      /how often/,
    ],
    ['on, but no date told', on(365), {}, 'cannot-tell', /next date/],
    ['on and disabled', on(365), { keyState: 'Disabled' }, 'not-applicable', /waits/],
    [
      'overdue because disabled',
      on(365, '2026-10-01T08:00:00.000Z'),
      { keyState: 'Disabled' },
      'not-applicable',
      /as soon as the key is enabled/,
    ],
    [
      'pending deletion',
      read({ enabled: false }),
      { keyState: 'PendingDeletion' },
      'not-applicable',
      /restores/,
    ],
    ['imported', read({ enabled: false }), { origin: 'EXTERNAL' }, 'not-applicable', /0 of 25/],
    ['asymmetric', read({ enabled: false }), { keySpec: 'RSA_2048' }, 'not-applicable', /RSA/],
    [
      'AWS managed',
      read({ enabled: true }),
      { keyManager: 'AWS' },
      'not-applicable',
      /AWS manages/,
    ],
    [
      'denied',
      denied<never>('kms:GetKeyRotationStatus'),
      {},
      'cannot-tell',
      /kms:GetKeyRotationStatus/,
    ],
    ['pending', { status: 'pending' } as const, {}, 'cannot-tell', /Not read yet/],
  ] as const)('%s', (_what, facet, metadata, value, reason) => {
    const verdict = rotation(facet, metadata);
    expect(verdict.value).toBe(value);
    expect(verdict.reason).toMatch(reason);
  });

  it('sends the operator of a replica to the primary, and of a disabled key to enable it first', () => {
    const multiRegion = {
      type: 'REPLICA',
      primaryRegion: 'us-east-1',
      replicaRegions: [],
    } as const;
    const off = read({ enabled: false });
    expect(rotation(off, { multiRegion: { ...multiRegion, replicaRegions: [] } }).remedy).toContain(
      'us-east-1',
    );
    expect(rotation(off, { keyState: 'Disabled' }).remedy).toMatch(/^Enable the key/);
  });
});

describe('state', () => {
  it.each([
    [{ keyState: 'Enabled' }, 'pass', /Enabled/],
    [{ keyState: 'Disabled' }, 'fail', /Disabled/],
    [
      { keyState: 'PendingDeletion', deletionDate: '2026-12-02T13:00:00.000Z' },
      'fail',
      /in 12 days, on 2026-12-02/,
    ],
    [{ keyState: 'PendingDeletion' }, 'fail', /no date/],
    [
      {
        keyState: 'PendingReplicaDeletion',
        pendingDeletionWindowInDays: 7,
        multiRegion: {
          type: 'PRIMARY' as const,
          primaryRegion: 'eu-central-1',
          replicaRegions: ['eu-west-1'],
        },
      },
      'fail',
      /replicas in eu-west-1 are gone.*7 days/,
    ],
    [{ keyState: 'PendingImport' }, 'fail', /no key material/],
    [{ keyState: 'Unavailable' }, 'fail', /custom key store/],
    [{ keyState: 'Creating' }, 'cannot-tell', /Creating/],
    [{ keyState: 'SomethingNew' }, 'cannot-tell', /SomethingNew/],
  ])('%o', (metadata, value, reason) => {
    const { state } = withMetadata(metadata);
    expect(state.value).toBe(value);
    expect(state.reason).toMatch(reason);
  });

  it('tells how to keep a key that is pending deletion: cancel, then enable', () => {
    expect(withMetadata({ keyState: 'PendingDeletion' }).state.remedy).toMatch(
      /cancel the deletion, then enable/,
    );
  });
});

describe('imported material', () => {
  it.each([
    [{}, 'not-applicable', /not imported/],
    [{ origin: 'EXTERNAL', validTo: '2027-11-20T12:00:00.000Z' }, 'pass', /in 365 days/],
    [{ origin: 'EXTERNAL', validTo: '2026-12-01T12:00:00.000Z' }, 'fail', /in 11 days/],
    [{ origin: 'EXTERNAL', validTo: '2026-11-19T12:00:00.000Z' }, 'fail', /expired on 2026-11-19/],
    [{ origin: 'EXTERNAL', keyState: 'PendingImport' }, 'fail', /missing/],
    [
      { origin: 'EXTERNAL', expirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' },
      'pass',
      /AWS keeps no copy/,
    ],
    [{ origin: 'EXTERNAL' }, 'cannot-tell', /does not say/],
  ])('%o', (metadata, value, reason) => {
    const { material } = withMetadata(metadata);
    expect(material.value).toBe(value);
    expect(material.reason).toMatch(reason);
  });
});

describe('policy', () => {
  const policy = (
    publicStatements: string[],
    otherAccounts: string[] = [],
    rootHasFullAccess = true,
  ) => judge({ policy: read({ publicStatements, otherAccounts, rootHasFullAccess }) }).policy;

  it('fails a key that is open to everybody and names the statements', () => {
    expect(policy(['AllowAll', '#3'])).toMatchObject({
      value: 'fail',
      reason: expect.stringContaining('statements AllowAll, #3') as string,
    });
  });

  it('passes others, and says which accounts it names and that root cannot repair it', () => {
    const { value, reason } = policy([], ['444455556666'], false);
    expect(value).toBe('pass');
    expect(reason).toContain('account 444455556666');
    expect(reason).toContain('no full access');
  });
});

describe('tags', () => {
  const tags = (value: Record<string, string>, metadata: Partial<KeyMetadata> = {}) =>
    judge({ tags: read(value), metadata }).tags;

  it.each([
    [{ Environment: 'prod', Owner: 'payments' }, 'pass', /Environment: prod, Owner: payments/],
    [{ Environment: 'prod' }, 'fail', /tag Owner is missing/],
    [{ Environment: ' ', Owner: '' }, 'fail', /tags Environment and Owner are missing/],
    [
      { environment: 'prod', Owner: 'x' },
      'fail',
      /There is environment; tag names are case-sensitive/,
    ],
  ])('%o', (value, expected, reason) => {
    const verdict = tags(value);
    expect(verdict.value).toBe(expected);
    expect(verdict.reason).toMatch(reason);
  });

  it('does not apply to AWS managed keys, nor to untagged keys that can no longer be tagged', () => {
    expect(tags({}, { keyManager: 'AWS' }).value).toBe('not-applicable');
    expect(tags({}, { keyState: 'PendingDeletion' }).value).toBe('not-applicable');
  });

  it('looks for the tags that the settings name, also for one named like an inherited property', () => {
    const row = exampleRow({ tags: read({ stage: 'prod', team: 'a' }) });
    expect(keyVerdicts(row, now, { environmentTag: 'stage', ownerTag: 'team' }).tags.value).toBe(
      'pass',
    );
    expect(keyVerdicts(row, now, { environmentTag: 'constructor' }).tags.value).toBe('fail');
  });
});

describe('what is not known', () => {
  it('names the permission that AWS named, else the one of the call', () => {
    const { policy } = judge({ policy: denied('kms:GetKeyPolicy') });
    expect(policy).toMatchObject({ value: 'cannot-tell', permission: 'kms:GetKeyPolicy' });
    const bare: Facet<never> = {
      status: 'cannot-tell',
      error: { code: 'denied', message: 'No.' },
      asOf: exampleNow,
    };
    expect(judge({ tags: bare }).tags.permission).toBe('kms:ListResourceTags');
  });

  it('names the failing call where no permission is missing', () => {
    const failed: Facet<never> = {
      status: 'cannot-tell',
      error: { code: 'timeout', message: 'No answer in 20 s.' },
      asOf: exampleNow,
    };
    const { tags } = judge({ tags: failed });
    expect(tags.reason).toBe(
      'kms:ListResourceTags failed, so nothing is known of how it is tagged: No answer in 20 s.',
    );
    expect(tags.permission).toBeUndefined();
  });

  it('judges no check whose kind of key is unknown', () => {
    const verdicts = keyVerdicts({ ...exampleRow(), metadata: denied('kms:DescribeKey') }, now);
    expect(keyChecks.filter((check) => verdicts[check].value !== 'cannot-tell')).toEqual([
      'policy',
    ]);
  });

  it('makes a pass stale after a day, and leaves a fail a fail', () => {
    const later = new Date('2026-11-21T12:00:01.000Z');
    expect(keyVerdicts(exampleRow(), later).rotation.value).toBe('stale');
    expect(keyVerdicts(exampleRow(), later, { shelfLifeHours: 48 }).rotation.value).toBe('pass');
    const off = exampleRow({ rotation: read({ enabled: false }) });
    expect(keyVerdicts(off, later).rotation.value).toBe('fail');
  });

  it('takes an unreadable time for too old', () => {
    const row = exampleRow();
    const undated: KeyRow = { ...row, metadata: { ...row.metadata, asOf: 'soon' } as never };
    expect(keyVerdicts(undated, now).state.value).toBe('stale');
  });

  it('gives a key that is gone no pass', () => {
    const gone = exampleRow({ change: { kind: 'gone', what: [], since: exampleNow } });
    expect(overallVerdict(keyVerdicts(gone, now)).value).toBe('not-applicable');
  });

  const unknown = fc.constantFrom<Facet<never>>({ status: 'pending' }, denied('kms:Any'), {
    status: 'cannot-tell',
    error: { code: 'throttled', message: 'Later.' },
    asOf: exampleNow,
  });

  it('never passes a key as a whole while any part that counts is not known', () => {
    const counting = fc.constantFrom('metadata', 'tags', 'rotation', 'policy' as const);
    fc.assert(
      fc.property(counting, unknown, (name, facet) => {
        const row: KeyRow = { ...exampleRow(), [name]: facet };
        expect(overallVerdict(keyVerdicts(row, now)).value).toBe('cannot-tell');
      }),
    );
  });

  it('turns no unknown into a pass or a fail, whichever parts are unknown', () => {
    const facets = fc.record(
      Object.fromEntries(facetNames.map((name) => [name, fc.option(unknown, { nil: undefined })])),
    );
    fc.assert(
      fc.property(facets, (chosen) => {
        const lost = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
        const verdicts = keyVerdicts({ ...exampleRow(), ...lost }, now);
        const needs = {
          state: ['metadata'],
          rotation: ['metadata', 'rotation'],
          material: ['metadata'],
          policy: ['policy'],
          tags: ['metadata', 'tags'],
        };
        for (const check of keyChecks) {
          const missing = needs[check].some((name) => lost[name]);
          expect(verdicts[check].value === 'cannot-tell', check).toBe(missing);
        }
      }),
    );
  });
});

describe('the whole key', () => {
  it('passes when all checks pass or do not apply', () => {
    expect(overallVerdict(judge())).toMatchObject({ value: 'pass' });
  });

  it('is as bad as its worst check', () => {
    const verdicts = judge({ tags: read({}), policy: denied('kms:GetKeyPolicy') });
    expect(overallVerdict(verdicts)).toBe(verdicts.tags);
  });
});
