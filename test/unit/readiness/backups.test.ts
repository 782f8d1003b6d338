import { describe, expect, it } from 'vitest';
import { backupsRecent } from '../../../shared/model/readiness/checks/recovery/backupsRecent';
import { backupsCopiedElsewhere } from '../../../shared/model/readiness/checks/recovery/backupsCopiedElsewhere';
import { backupVaultsLocked } from '../../../shared/model/readiness/checks/recovery/backupVaultsLocked';
import { backupVaultsOwnKey } from '../../../shared/model/readiness/checks/recovery/backupVaultsOwnKey';
import type { Check } from '../../../shared/model/readiness/check';
import { judgeCheck } from '../../../shared/model/readiness/judge/judgeCheck';
import type { ReadinessEvidence } from '../../../shared/model/readiness/sources';
import { backup, plan, vault, vaultUnder } from './fixtures/backups';
import { contextAt } from './fixtures/evidence';

const verdict = (check: Check, evidence: ReadinessEvidence) =>
  judgeCheck(check, evidence, contextAt(0)).items[0]?.verdict;
const copy = (region: string, account: string) =>
  `arn:aws:backup:${region}:${account}:backup-vault:copies`;

describe('a backup plan', () => {
  it.each([
    ['another Region', [copy('eu-west-1', '111122223333')], 'pass'],
    ['another account', [copy('eu-central-1', '444455556666')], 'pass'],
    [
      'elsewhere beside a copy within',
      [copy('eu-central-1', '111122223333'), copy('eu-west-1', '444455556666')],
      'pass',
    ],
    ['its own account and Region', [copy('eu-central-1', '111122223333')], 'fail'],
    ['nowhere', [], 'fail'],
    ['what is no ARN of a vault', ['copies'], 'cannot-tell'],
    ['an account that has no number', [copy('eu-west-1', 'other')], 'cannot-tell'],
  ])('that copies to %s', (_where, copies, value) => {
    expect(verdict(backupsCopiedElsewhere, plan(copies))?.value).toBe(value);
  });

  it('without resources backs up nothing, wherever it would copy to', () => {
    const evidence = plan([copy('eu-west-1', '111122223333')], []);
    expect(verdict(backupsCopiedElsewhere, evidence)).toEqual({
      value: 'not-applicable',
      reason: 'No resources are assigned to it: it backs up nothing.',
    });
  });
});

describe('the newest backup of what is protected', () => {
  it.each([
    ['is continuous', { status: 'AVAILABLE' }, 'pass'],
    ['is partial', { status: 'PARTIAL' }, 'fail'],
    ['is still being made', { status: 'CREATING' }, 'fail'],
    ['is of eight days ago', { madeAt: '2026-11-16T11:00:00.000Z' }, 'fail'],
    ['is not encrypted', { encrypted: false, keyId: undefined }, 'fail'],
    ['does not say whether it is encrypted', { encrypted: undefined }, 'cannot-tell'],
    ['is under the key that AWS manages', { keyId: 'alias/aws/rds' }, 'pass'],
    [
      'is of something else',
      { resource: 'arn:aws:rds:eu-central-1:111122223333:db:other' },
      'fail',
    ],
    [
      'is under a key that nobody read',
      { keyId: 'arn:aws:kms:eu-central-1:444455556666:key/2' },
      'cannot-tell',
    ],
  ])('that %s', (_what, point, value) => {
    expect(verdict(backupsRecent, backup(point))?.value).toBe(value);
  });

  it.each(['Disabled', 'PendingDeletion', 'PendingImport'] as const)(
    'whose key is %s is none',
    (keyState) => {
      const found = verdict(backupsRecent, backup({}, {}, { metadata: { keyState } }));
      expect(found).toMatchObject({ value: 'fail', remedy: expect.any(String) as string });
    },
  );

  it('of seven days ago is recent, and one of which AWS does not tell cannot be judged', () => {
    const edge = '2026-11-17T12:00:00.000Z';
    expect(verdict(backupsRecent, backup({ madeAt: edge }, { lastBackupAt: edge }))?.value).toBe(
      'pass',
    );
    expect(verdict(backupsRecent, backup({}, { lastBackupAt: undefined }))?.value).toBe(
      'cannot-tell',
    );
  });

  it('that is in no vault of the Region is not taken for one', () => {
    expect(verdict(backupsRecent, backup(null))?.value).toBe('fail');
  });
});

describe('the lock of a vault', () => {
  it('that AWS does not tell of is not taken for one', () => {
    expect(verdict(backupVaultsLocked, vault({ locked: undefined }))?.value).toBe('cannot-tell');
  });

  it('is looked for where AWS does not say whether anything is in it', () => {
    const evidence = vault({ locked: false, recoveryPoints: undefined });
    expect(verdict(backupVaultsLocked, evidence)?.value).toBe('fail');
  });

  it.each([
    [undefined, 'who may manage vault locks can still take it off.'],
    [
      '2027-01-31T00:00:00.000Z',
      'who may manage vault locks can still take it off until 2027-01-31.',
    ],
    ['2025-01-31T00:00:00.000Z', 'nobody can take the lock off.'],
  ])('with the date %s says who can take it off', (lockDate, words) => {
    expect(verdict(backupVaultsLocked, vault({ lockDate, minRetentionDays: 35 }))).toEqual({
      value: 'pass',
      reason: `Locked, for at least 35 days; ${words}`,
    });
  });
});

describe('the key of a vault', () => {
  it('that AWS owns is not one’s own, whatever the keys of the account', () => {
    expect(verdict(backupVaultsOwnKey, vaultUnder({}, { awsOwned: true }))?.value).toBe('fail');
  });

  it.each([
    ['is not told', undefined],
    [
      'is not among those that were read',
      'arn:aws:kms:eu-central-1:444455556666:key/00000000-0000-4000-8000-000000000000',
    ],
  ])('that %s cannot be judged', (_what, keyId) => {
    expect(verdict(backupVaultsOwnKey, vaultUnder({}, { keyId }))?.value).toBe('cannot-tell');
  });
});
