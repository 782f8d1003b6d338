import { describe, expect, it } from 'vitest';
import { contextProblems, looksSecret } from '../../../shared/model/envelope/context';

describe('a context value that looks like a secret', () => {
  it.each([
    ['password', 'hunter2'],
    ['api_key', 'x'],
    ['owner', 'AKIAIOSFODNN7EXAMPLE'],
    ['note', '-----BEGIN RSA PRIVATE KEY-----'],
    ['session', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'],
    ['id', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'],
    ['person', 'jane@example.com'],
    ['person', '078-05-1120'],
    ['card', '4111 1111 1111 1111'],
    ['url', 'https://user:pass@example.com/'],
    ['id', 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY'],
  ])('%s=%s is warned of', (name, value) => {
    expect(looksSecret(name, value)).toMatch(/CloudTrail/);
  });

  it.each([
    ['purpose', 'backup'],
    ['department', '10103'],
    ['table', 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders'],
    ['id', '1234abcd-12ab-34cd-56ef-1234567890ab'],
    ['order', '4111 1111 1111 1112'],
    ['path', '/var/lib/backup/2026-11-28.tar'],
    ['sha256', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ])('%s=%s is not', (name, value) => {
    expect(looksSecret(name, value)).toBeUndefined();
  });
});

describe('a context that KMS or the AWS Encryption SDK would refuse', () => {
  it('says why', () => {
    expect(contextProblems({ purpose: 'test' })).toEqual([]);
    expect(contextProblems({ 'aws-crypto-public-key': 'x' })).toEqual([
      expect.stringMatching(/belong to the AWS Encryption SDK/),
    ]);
    expect(contextProblems({ a: 'line\nbreak' })).toEqual([expect.stringMatching(/control/)]);
    expect(contextProblems({ a: 'ü'.repeat(4096) })).toEqual([expect.stringMatching(/8193 bytes/)]);
  });
});
