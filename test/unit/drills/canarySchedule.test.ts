import { describe, expect, it } from 'vitest';
import { canaryCoverage, withoutCanary } from '../../../shared/model/drills/canarySchedule';
import type { Canary } from '../../../shared/model/envelope/canary';

const key = { connection: 'profile:a', region: 'eu-central-1', keyId: '1234' };
const now = new Date('2026-11-28T12:00:00Z');

function canary(created: string, keyMaterialId?: string, keyId = key.keyId): Canary {
  return {
    id: created,
    key: { ...key, keyId },
    keyArn: `arn:aws:kms:eu-central-1:111122223333:key/${keyId}`,
    plaintextSha256: '00',
    created,
    note: '',
    origin: 'made',
    bytes: 1,
    ...(keyMaterialId !== undefined && { keyMaterialId }),
  };
}

const asked = {
  key,
  materials: [
    { id: 'new', state: 'current', since: '2026-10-01T00:00:00Z' },
    { id: 'old', state: 'older' },
    { id: 'next', state: 'pending' },
  ] as const,
  asOf: '2026-11-28T11:00:00Z',
};
const of = (
  canaries: Canary[],
  known: Parameters<typeof canaryCoverage>[1] = { ...asked, materials: [...asked.materials] },
) => canaryCoverage(key, known, canaries, 90, now);

describe('the coverage of a key by canaries', () => {
  it('is due without any, after a rotation, and when the newest is too old', () => {
    expect(of([])).toMatchObject({ state: 'due', reason: 'The key has no canary yet.' });
    expect(of([canary('2026-11-27T00:00:00Z', 'old')])).toMatchObject({
      state: 'due',
      reason: 'The key was rotated: its present material has no canary.',
    });
    expect(of([canary('2026-08-30T12:00:00Z', 'new')])).toMatchObject({
      state: 'due',
      reason: 'Its newest canary is 90 days old.',
    });
    expect(of([canary('2026-08-30T12:00:01Z', 'new')]).state).toBe('covered');
  });

  it('names the older materials without one, and none that never sealed anything', () => {
    const coverage = of([canary('2026-11-28T00:00:00Z', 'new')]);
    expect(coverage.state).toBe('covered');
    expect(withoutCanary(coverage).map(({ id }) => id)).toEqual(['old']);
  });

  it('counts canaries by id or ARN, and those of no other key, Region or account', () => {
    const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234';
    const there = {
      ...canary('2026-11-28T00:00:00Z', 'new'),
      key: { ...key, region: 'eu-west-1' },
    };
    const other = {
      ...canary('2026-11-28T00:00:00Z', 'new'),
      key: { ...key, connection: 'practice' },
    };
    expect(of([canary('2026-11-28T00:00:00Z', 'new', arn)]).state).toBe('covered');
    expect(of([there, other, canary('2026-11-28T00:00:00Z', 'new', '9999')]).state).toBe('due');
  });

  it('cannot be told where KMS does not name the present material, however young the canary is', () => {
    const young = [canary('2026-11-28T00:00:00Z', 'new')];
    const problem = { code: 'denied', message: 'kms:ListKeyRotations is denied.' } as const;
    expect(of(young, { key, problem, asOf: asked.asOf })).toMatchObject({
      state: 'cannot-tell',
      reason: problem.message,
      problem,
    });
    expect(canaryCoverage(key, undefined, young, 90, now)).toMatchObject({
      state: 'cannot-tell',
      reason: 'Its materials were not asked for yet.',
    });
    expect(of([canary('2026-11-28T00:00:00Z')])).toMatchObject({
      state: 'cannot-tell',
      reason: 'No canary says which material sealed it.',
    });
  });
});
