import { describe, expect, it } from 'vitest';
import { tlsOnly } from '../../../shared/model/readiness/checks/in-transit/tlsOnly';
import { principalItems } from '../../../shared/model/readiness/checks/keys/principalItems';

function decryptOf(statement: object | string) {
  const document =
    typeof statement === 'string' ? statement : JSON.stringify({ Statement: statement });
  const role = {
    arn: 'arn:aws:iam::111122223333:role/app',
    name: 'app',
    trustPolicy: '{}',
    tags: {},
    attached: [],
    inline: [{ name: 'keys', document }],
  };
  const answer = { users: [], groups: [], roles: [role], policies: [] };
  const where = { connection: 'practice', account: '111122223333' };
  return principalItems({ calls: [], answer }, where, 'kms:Decrypt')[0]?.verdict.value;
}
const allow = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };

describe('who may decrypt with every key', () => {
  it.each([
    ['by name', allow],
    ['by a pattern', { ...allow, Action: ['s3:Get*', 'kms:De*'] }],
    ['by everything', { ...allow, Action: '*' }],
    ['by what it does not name', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    ['by every key of the account', { ...allow, Resource: 'arn:aws:kms:*:111122223333:key/*' }],
    [
      'by a service that asks',
      { ...allow, Condition: { StringEquals: { 'kms:ViaService': 's3' } } },
    ],
    [
      'but for a tag that is missing',
      {
        ...allow,
        Condition: { StringEqualsIfExists: { 'aws:ResourceTag/team': 'web' } },
      },
    ],
  ])('%s: fails', (_how, statement) => expect(decryptOf(statement)).toBe('fail'));

  it.each([
    ['on one key', { ...allow, Resource: 'arn:aws:kms:eu-central-1:111122223333:key/1' }],
    [
      'on keys of an alias',
      {
        ...allow,
        Condition: { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/prod/*' } },
      },
    ],
    ['denied', { ...allow, Effect: 'Deny' }],
    ['another action', { ...allow, Action: 'kms:Describe*' }],
  ])('%s: passes', (_how, statement) => expect(decryptOf(statement)).toBe('pass'));

  it('cannot be told of a policy that is none', () => {
    expect(decryptOf('{')).toBe('cannot-tell');
    expect(decryptOf(JSON.stringify({ Statement: ['x'] }))).toBe('cannot-tell');
  });
});

describe('a bucket that insists on TLS', () => {
  const deny = {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['s3:*'],
    Resource: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const verdict = (statement: object) => tlsOnly(JSON.stringify({ Statement: [statement] })).value;

  it('denies everything to everybody without it', () => expect(verdict(deny)).toBe('pass'));

  it.each([
    ['some actions only', { ...deny, Action: 's3:GetObject' }],
    ['some principals only', { ...deny, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }],
    [
      'a further condition',
      {
        ...deny,
        Condition: { ...deny.Condition, StringEquals: { 'aws:PrincipalTag/a': 'b' } },
      },
    ],
    ['the wrong way round', { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  ])('%s is not enough', (_what, statement) => expect(verdict(statement)).toBe('fail'));

  it('cannot be told of a policy that is none', () => {
    expect(tlsOnly('{').value).toBe('cannot-tell');
  });
});
