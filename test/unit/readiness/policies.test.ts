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
  return principalItems({ calls: [], answer }, where, ['kms:Decrypt', 'kms:ReEncryptFrom'])[0]
    ?.verdict.value;
}
const allow = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };

describe('who may decrypt with every key', () => {
  it.each([
    ['by name', allow],
    ['by a pattern', { ...allow, Action: ['s3:Get*', 'kms:De*'] }],
    ['by everything', { ...allow, Action: '*' }],
    ['by what it does not name', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    ['by every key of the account', { ...allow, Resource: 'arn:aws:kms:*:111122223333:key/*' }],
    ['by an ARN that ends early', { ...allow, Resource: 'arn:aws:kms:*' }],
    ['by every service', { ...allow, Resource: 'arn:*' }],
    ['by a pattern that no key escapes', { ...allow, Resource: 'arn:aws:kms:*:*:k?y/*-*' }],
    ['but for some', { ...allow, Resource: undefined, NotResource: 'arn:aws:s3:::*' }],
    ['by encrypting anew', { ...allow, Action: 'kms:ReEncrypt*' }],
    [
      'by any alias',
      { ...allow, Condition: { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/*' } } },
    ],
    [
      'by keys without an alias',
      {
        ...allow,
        Condition: { 'ForAllValues:StringEquals': { 'kms:ResourceAliases': 'alias/a' } },
      },
    ],
    [
      'by any tag',
      { ...allow, Condition: { StringLike: { 'aws:ResourceTag/team': ['web', '*'] } } },
    ],
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
    ['on keys of one beginning', { ...allow, Resource: 'arn:aws:kms:*:*:key/mrk-*' }],
    ['on none', { ...allow, Resource: undefined, NotResource: 'arn:aws:kms:*:*:key/*' }],
    [
      'on keys of a tag',
      { ...allow, Condition: { StringEquals: { 'aws:ResourceTag/team': 'web' } } },
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
  const verdict = (statement: object) =>
    tlsOnly(JSON.stringify({ Statement: statement }), 'ledger').value;

  const bucket = 'arn:aws:s3:::ledger';
  it.each([
    ['on everything', deny],
    ['on the bucket and its objects', { ...deny, Resource: [bucket, `${bucket}/*`] }],
    [
      'in two statements',
      [
        { ...deny, Resource: bucket },
        { ...deny, Resource: `${bucket}/*` },
      ],
    ],
    ['in another partition', { ...deny, Resource: 'arn:aws-cn:s3:::ledger*' }],
    ['of a list of principals', { ...deny, Principal: { AWS: ['*'] } }],
  ])('denies everything to everybody without it: %s', (_how, statement) =>
    expect(verdict(statement)).toBe('pass'),
  );

  it.each([
    ['the bucket without its objects', { ...deny, Resource: bucket }],
    ['the objects alone', { ...deny, Resource: `${bucket}/*` }],
    ['some objects only', { ...deny, Resource: [bucket, `${bucket}/private/*`] }],
    ['another bucket', { ...deny, Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] }],
    ['what it does not name', { ...deny, Resource: undefined, NotResource: `${bucket}/a/*` }],
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
    expect(tlsOnly('{', 'ledger').value).toBe('cannot-tell');
  });
});
