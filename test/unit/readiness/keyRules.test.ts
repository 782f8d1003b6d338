import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../shared/model/readiness/checks/index';
import type { ReadinessOptions } from '../../../shared/model/readiness/check';
import { judgeCheck } from '../../../shared/model/readiness/judge/judgeCheck';
import { contextAt, keyRow, keys, known } from './fixtures/evidence';

function verdictOf(id: string, row: Parameters<typeof keyRow>[0], settings: ReadinessOptions = {}) {
  const check = checkOf(id);
  if (!check) throw new Error(`There is no check ${id}.`);
  return judgeCheck(check, keys(keyRow(row)), contextAt(0, settings)).verdict.value;
}

describe('material of a key that is to be deleted', () => {
  const verdict = (origin: string) =>
    verdictOf('keys-have-material', { metadata: { keyState: 'PendingDeletion', origin } });

  it('is there where AWS made it', () => expect(verdict('AWS_KMS')).toBe('pass'));

  it('cannot be told where it was imported, or lies in a key store: the state hides it', () => {
    expect(verdict('EXTERNAL')).toBe('cannot-tell');
    expect(verdict('AWS_CLOUDHSM')).toBe('cannot-tell');
  });
});

describe('a policy that lets in an organisation', () => {
  const policy = known({
    publicStatements: [],
    otherAccounts: [],
    narrowedBy: ['aws:PrincipalOrgID o-example1234'],
    rootHasFullAccess: true,
  });
  const verdict = (...trustedAccounts: string[]) =>
    verdictOf('policy-other-accounts', { policy }, { trustedAccounts });

  it('cannot be told: whose accounts these are it does not say', () => {
    expect(verdict()).toBe('cannot-tell');
    expect(verdict('o-other56789')).toBe('cannot-tell');
  });

  it('passes where the organisation is trusted', () => {
    expect(verdict('o-example1234')).toBe('pass');
  });
});
