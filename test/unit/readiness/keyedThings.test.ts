import { describe, expect, it } from 'vitest';
import { checkOf } from '../../../shared/model/readiness/checks/index';
import { judgeCheck } from '../../../shared/model/readiness/judge/judgeCheck';
import type { ReadinessEvidence } from '../../../shared/model/readiness/sources';
import { contextAt, keyRow, keys } from './fixtures/evidence';
import { answered, arn, emptyRegion, inRegion, key, table } from './fixtures/posture';

function verdictOf(id: string, evidence: ReadinessEvidence) {
  const check = checkOf(id);
  if (!check) throw new Error(`There is no check ${id}.`);
  return judgeCheck(check, evidence, contextAt(0)).verdict.value;
}
const secret = inRegion({
  secrets: answered(
    [
      {
        arn: arn('secretsmanager', 'secret:api'),
        name: 'api',
        keyId: key,
        rotates: true,
        tags: {},
      },
    ],
    'secretsmanager:ListSecrets',
  ),
});
const gone = keys({
  ...keyRow({ arn: key }),
  change: { kind: 'gone', since: '2026-11-24T12:00:00.000Z' },
} as ReturnType<typeof keyRow>);

describe('data under a key', () => {
  it('fails where the key is gone, whatever was last known of it', () => {
    expect(verdictOf('data-keys-usable', { ...secret, ...keys(keyRow({ arn: key })) })).toBe(
      'pass',
    );
    expect(verdictOf('data-keys-usable', { ...secret, ...gone })).toBe('fail');
  });

  it('is not under a key of its own where AWS manages the key that is named by its ARN', () => {
    const managed = keys(keyRow({ arn: key, metadata: { keyManager: 'AWS' } }));
    const volumes = {
      ...emptyRegion().volumes,
      defaultKey: answered(key, 'ec2:GetEbsDefaultKmsKeyId'),
    };
    expect(verdictOf('secrets-own-key', { ...secret, ...managed })).toBe('fail');
    expect(verdictOf('ebs-default-key', { ...inRegion({ volumes }), ...managed })).toBe('fail');
    expect(verdictOf('tables-own-key', { ...table('kms', key), ...managed })).toBe('fail');
  });

  it('cannot be told of a key that is not among those that were read', () => {
    expect(verdictOf('secrets-own-key', { ...secret, ...keys() })).toBe('cannot-tell');
    expect(verdictOf('tables-own-key', { ...table('kms', key), ...keys() })).toBe('cannot-tell');
    expect(verdictOf('tables-own-key', { ...table('kms'), ...keys() })).toBe('cannot-tell');
  });
});
