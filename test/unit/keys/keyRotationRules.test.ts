import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  noRotationHistoryReason,
  noRotationStatusReason,
  rotationCapability,
  rotationOutlook,
} from '../../../shared/model/keyRotationRules';
import { exampleMetadata, exampleNow, exampleRow, read } from './exampleRows';

const now = new Date(exampleNow);

describe('which keys can rotate', () => {
  const kinds = [
    // [what, metadata, automatic, onDemand]
    ['a symmetric customer key', {}, 'yes', true],
    ['a disabled symmetric key', { keyState: 'Disabled' }, 'yes', true],
    ['an AWS managed key', { keyManager: 'AWS' }, 'always', false],
    ['an imported key', { origin: 'EXTERNAL' }, 'no', true],
    ['a CloudHSM key', { origin: 'AWS_CLOUDHSM' }, 'no', false],
    ['an external key store key', { origin: 'EXTERNAL_KEY_STORE' }, 'no', false],
    ['a key of an unknown origin', { origin: 'MOON' }, 'no', false],
    ...[
      'RSA_2048',
      'RSA_4096',
      'ECC_NIST_P256',
      'ECC_SECG_P256K1',
      'ECC_NIST_EDWARDS25519',
      'HMAC_256',
      'SM2',
      'ML_DSA_65',
      'ML_KEM_768',
    ].map((keySpec) => [keySpec, { keySpec }, 'no', false] as const),
    ['imported asymmetric material', { origin: 'EXTERNAL', keySpec: 'RSA_2048' }, 'no', false],
  ] as const;

  it.each(kinds)('%s', (_what, metadata, automatic, onDemand) => {
    const capability = rotationCapability({ ...exampleMetadata, ...metadata });
    expect(capability).toMatchObject({ automatic, onDemand });
    if (automatic === 'yes') expect(capability.reason).toBeUndefined();
    else expect(capability.reason).toMatch(/\.$/);
  });

  it('names what to do instead wherever AWS cannot rotate a known kind', () => {
    for (const [what, metadata, automatic] of kinds) {
      if (automatic !== 'no' || what.includes('unknown')) continue;
      expect(rotationCapability({ ...exampleMetadata, ...metadata }).remedy, what).toBeTruthy();
    }
  });

  it('lets a replica take its rotation from the primary', () => {
    const multiRegion = {
      type: 'REPLICA' as const,
      primaryRegion: 'eu-west-1',
      replicaRegions: ['eu-central-1'],
    };
    expect(rotationCapability({ ...exampleMetadata, multiRegion }).setInRegion).toBe('eu-west-1');
    const primary = { ...multiRegion, type: 'PRIMARY' as const };
    expect(
      rotationCapability({ ...exampleMetadata, multiRegion: primary }).setInRegion,
    ).toBeUndefined();
  });

  it('asks for status only where AWS sets one, and for history wherever material can change', () => {
    const imported = { ...exampleMetadata, origin: 'EXTERNAL' };
    expect(noRotationStatusReason(imported)).toContain('imported');
    expect(noRotationHistoryReason(imported)).toBeUndefined();
    const managed = { ...exampleMetadata, keyManager: 'AWS' };
    expect(noRotationStatusReason(managed)).toBeUndefined();
    expect(noRotationHistoryReason(managed)).toBeUndefined();
    const rsa = { ...exampleMetadata, keySpec: 'RSA_2048' };
    expect(noRotationStatusReason(rsa)).toContain('RSA');
    expect(noRotationHistoryReason(rsa)).toContain('RSA');
  });
});

describe('rotation outlook', () => {
  const due = (nextRotationDate: string) =>
    rotationOutlook(
      exampleRow({ rotation: read({ enabled: true, periodDays: 365, nextRotationDate }) }),
      now,
    ).overdueDays;

  it('counts days past the next date, and gives the rotation a day to complete', () => {
    expect(due('2026-11-20T11:00:00.000Z')).toBeUndefined();
    expect(due('2026-11-19T12:00:00.000Z')).toBeUndefined();
    expect(due('2026-11-19T11:59:00.000Z')).toBe(1);
    expect(due('2026-10-21T12:00:00.000Z')).toBe(30);
  });

  it('counts the age of the material above the limit where rotation is off', () => {
    const off = exampleRow({
      rotation: read({ enabled: false }),
      history: read({ count: 0, onDemandUsed: 0 }),
      metadata: { creationDate: '2025-11-10T12:00:00.000Z' },
    });
    expect(rotationOutlook(off, now)).toMatchObject({ materialAgeDays: 375, overdueDays: 10 });
    expect(rotationOutlook(off, now, 400).overdueDays).toBeUndefined();
  });

  it('takes an on-demand rotation for new material although rotation is off', () => {
    const row = exampleRow({
      rotation: read({ enabled: false }),
      history: read({
        count: 1,
        onDemandUsed: 1,
        lastRotationType: 'ON_DEMAND',
        lastRotationDate: '2026-11-10T12:00:00.000Z',
      }),
    });
    const outlook = rotationOutlook(row, now);
    expect(outlook).toMatchObject({ materialAgeDays: 10, onDemandUsed: 1, onDemandLeft: 24 });
    expect(outlook.overdueDays).toBeUndefined();
  });

  it('guesses no age of imported material or of a replica', () => {
    const history = read({ count: 0, onDemandUsed: 0 });
    const imported = exampleRow({ history, metadata: { origin: 'EXTERNAL' } });
    expect(rotationOutlook(imported, now).materialAgeDays).toBeUndefined();
    const replica = exampleRow({
      history,
      metadata: {
        multiRegion: { type: 'REPLICA', primaryRegion: 'us-east-1', replicaRegions: [] },
      },
    });
    expect(rotationOutlook(replica, now).materialAgeDays).toBeUndefined();
  });

  it('says nothing of what is not known', () => {
    const pending = { status: 'pending' } as const;
    const row = { ...exampleRow(), metadata: pending, rotation: pending, history: pending };
    expect(rotationOutlook(row, now)).toEqual({});
  });

  it('never counts below zero or above the 25', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.date({ noInvalidDate: true }), (used, at) => {
        const row = exampleRow({ history: read({ count: used, onDemandUsed: used }) });
        const { onDemandLeft = 0, overdueDays = 1 } = rotationOutlook(row, at);
        expect(onDemandLeft).toBeGreaterThanOrEqual(0);
        expect(onDemandLeft).toBeLessThanOrEqual(25);
        expect(overdueDays).toBeGreaterThan(0);
      }),
    );
  });
});
