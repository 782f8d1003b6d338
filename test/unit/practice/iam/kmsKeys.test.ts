import { beforeEach, describe, expect, it } from 'vitest';
import { allow, deny, explicitly, openWorld, ours, refused, root, to, type World } from './world';

let world: World;
beforeEach(() => {
  world = openWorld();
});

const grantee = `arn:aws:iam::${ours}:root`;
const tags = [{ TagKey: 'Owner', TagValue: 'payments' }];

/** What each condition key is held against: [operation, input, condition that holds]. */
const cases: readonly (readonly [string, object, object])[] = [
  ['Encrypt', {}, { StringEquals: { 'kms:CallerAccount': ours } }],
  ['Encrypt', {}, { StringEquals: { 'kms:KeySpec': 'SYMMETRIC_DEFAULT' } }],
  ['Encrypt', {}, { StringEquals: { 'kms:CustomerMasterKeySpec': 'SYMMETRIC_DEFAULT' } }],
  ['Encrypt', {}, { StringEquals: { 'kms:KeyUsage': 'ENCRYPT_DECRYPT' } }],
  ['Encrypt', {}, { StringEquals: { 'kms:KeyOrigin': 'AWS_KMS' } }],
  ['Encrypt', {}, { Bool: { 'kms:MultiRegion': 'false' } }],
  ['Encrypt', {}, { Null: { 'kms:MultiRegionKeyType': 'true' } }],
  ['Encrypt', {}, { Null: { 'kms:ViaService': 'true' } }],
  ['Encrypt', {}, { StringEquals: { 'aws:ResourceTag/Owner': 'payments' } }],
  ['Encrypt', {}, { StringEquals: { 'aws:ResourceAccount': ours } }],
  ['Encrypt', {}, { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/pay*' } }],
  ['Encrypt', { KeyId: 'alias/pay' }, { StringEquals: { 'kms:RequestAlias': 'alias/pay' } }],
  ['Encrypt', {}, { Null: { 'kms:RequestAlias': 'true' } }],
  ['Encrypt', {}, { StringEquals: { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' } }],
  [
    'Encrypt',
    { EncryptionContext: { App: 'web', Stage: 'x' } },
    {
      StringEquals: { 'kms:EncryptionContext:app': 'web' },
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['App', 'Stage'] },
    },
  ],
  ['Encrypt', {}, { Null: { 'kms:EncryptionContextKeys': 'true' } }],
  ['TagResource', { Tags: tags }, { StringEquals: { 'aws:RequestTag/owner': 'payments' } }],
  ['TagResource', { Tags: tags }, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Owner'] } }],
  ['UntagResource', { TagKeys: ['a'] }, { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }],
  [
    'ScheduleKeyDeletion',
    { PendingWindowInDays: 9 },
    { NumericEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '9' } },
  ],
  [
    'ScheduleKeyDeletion',
    {},
    { NumericEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } },
  ],
  ['DisableKey', {}, { NumericLessThan: { 'kms:TrailingDaysWithoutKeyUsage': '1' } }],
  [
    'EnableKeyRotation',
    { RotationPeriodInDays: 90 },
    { NumericLessThan: { 'kms:RotationPeriodInDays': '100' } },
  ],
  [
    'CreateGrant',
    { GranteePrincipal: grantee, RetiringPrincipal: grantee, Operations: ['Decrypt'] },
    {
      'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt', 'Encrypt'] },
      StringEquals: { 'kms:GranteePrincipal': grantee, 'kms:RetiringPrincipal': grantee },
      Bool: { 'kms:GrantIsForAWSResource': 'false' },
      Null: { 'kms:GrantConstraintType': 'true' },
    },
  ],
  [
    'CreateGrant',
    {
      GranteePrincipal: grantee,
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextSubset: { app: 'web' } },
    },
    {
      StringEquals: {
        'kms:GrantConstraintType': 'EncryptionContextSubset',
        'kms:EncryptionContext:app': 'web',
      },
    },
  ],
  ['DescribeKey', {}, { StringEquals: { 'aws:PrincipalTag/Team': 'blue' } }],
  ['DescribeKey', {}, { StringEquals: { 'aws:ResourceTag/Owner': '${aws:PrincipalTag/dept}' } }],
  ['DescribeKey', {}, { StringEquals: { 'aws:username': 'ann', 'aws:PrincipalType': 'User' } }],
  ['DescribeKey', {}, { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ours}:user/*` } }],
  ['DescribeKey', {}, { StringLike: { 'aws:userid': 'AIDA*' } }],
  ['DescribeKey', {}, { StringEquals: { 'aws:PrincipalAccount': ours } }],
  ['DescribeKey', {}, { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }],
  ['DescribeKey', {}, { IpAddress: { 'aws:SourceIp': '127.0.0.1/32' } }],
  ['DescribeKey', {}, { Bool: { 'aws:SecureTransport': 'true' } }],
  ['DescribeKey', {}, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }],
  ['DescribeKey', {}, { DateLessThan: { 'aws:CurrentTime': '2026-06-02T00:00:00Z' } }],
  ['DescribeKey', {}, { NumericGreaterThan: { 'aws:EpochTime': '1000000000' } }],
  ['DescribeKey', {}, { Null: { 'aws:PrincipalOrgID': 'true' } }],
];

describe('a condition on a request', () => {
  it.each(cases)('%s %j: %j', async (operation, more, condition) => {
    const key = await world.key(undefined, { Tags: tags });
    await world.as(world.operator, 'CreateAlias', { AliasName: 'alias/pay', TargetKeyId: key });
    const action = `kms:${operation}`;
    const people = { tags: { team: 'blue', dept: 'payments' } };
    const input = { KeyId: key, ...(operation === 'Encrypt' && { Plaintext: 'AAAA' }), ...more };
    const denied = world.user('ann', [allow('kms:*'), deny(action, condition)], people);
    expect(await world.outcome(denied, operation, input)).toBe(
      explicitly(denied, action, key, 'an identity-based policy'),
    );
    const allowed = world.user('ann', [allow(action, condition)], people);
    expect(await world.outcome(allowed, operation, input)).toBe('ok');
  });

  it('of CreateKey is about the key to be', async () => {
    const user = world.user('ann', [
      allow('kms:TagResource'),
      allow('kms:CreateKey', {
        StringEquals: {
          'kms:KeySpec': 'ECC_NIST_P256',
          'kms:KeyUsage': 'SIGN_VERIFY',
          'kms:KeyOrigin': 'AWS_KMS',
          'aws:RequestTag/Owner': 'payments',
        },
        Bool: { 'kms:MultiRegion': 'true', 'kms:BypassPolicyLockoutSafetyCheck': 'false' },
      }),
    ]);
    const wanted = {
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      MultiRegion: true,
      Tags: tags,
    };
    expect(await world.outcome(user, 'CreateKey', wanted)).toBe('ok');
    expect(await world.outcome(user, 'CreateKey', { ...wanted, MultiRegion: false })).toBe(
      refused(user, 'kms:CreateKey', '*', 'identity-based policy'),
    );
  });

  it('of a signature is about algorithm and message type', async () => {
    const key = await world.key(undefined, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const user = world.user('ann', [
      allow('kms:Sign', {
        StringEquals: { 'kms:SigningAlgorithm': 'ECDSA_SHA_256', 'kms:MessageType': 'RAW' },
      }),
    ]);
    const input = { KeyId: key, Message: 'AAAA', SigningAlgorithm: 'ECDSA_SHA_256' };
    expect(await world.outcome(user, 'Sign', input)).toBe('ok');
    expect(await world.outcome(user, 'Sign', { ...input, MessageType: 'DIGEST' })).toBe(
      refused(user, 'kms:Sign', key, 'identity-based policy'),
    );
  });

  it('tells whether a ReEncrypt stays on the same key, and the contexts of both sides apart', async () => {
    const [one, other] = [await world.key(), await world.key()];
    const { CiphertextBlob } = await world.as(world.operator, 'Encrypt', {
      KeyId: one,
      Plaintext: 'AAAA',
      EncryptionContext: { from: 'a' },
    });
    const input = {
      CiphertextBlob: (CiphertextBlob as Buffer).toString('base64'),
      SourceEncryptionContext: { from: 'a' },
      DestinationEncryptionContext: { to: 'b' },
    };
    const user = world.user('ann', [
      allow('kms:ReEncryptFrom', {
        StringEquals: { 'kms:EncryptionContext:from': 'a' },
        Bool: { 'kms:ReEncryptOnSameKey': 'false' },
      }),
      allow('kms:ReEncryptTo', {
        StringEquals: { 'kms:EncryptionContext:to': 'b' },
        Bool: { 'kms:ReEncryptOnSameKey': 'false' },
      }),
    ]);
    expect(await world.outcome(user, 'ReEncrypt', { ...input, DestinationKeyId: other })).toBe(
      'ok',
    );
    expect(await world.outcome(user, 'ReEncrypt', { ...input, DestinationKeyId: one })).toBe(
      refused(user, 'kms:ReEncryptFrom', one, 'identity-based policy'),
    );
  });

  it('applies to the account’s delegation to IAM as well', async () => {
    const key = await world.key([
      to(root(ours), allow('kms:*', { StringEquals: { 'kms:CallerAccount': '999988887777' } })),
    ]);
    expect(await world.outcome(world.operator, 'DescribeKey', { KeyId: key })).toBe(
      refused(world.operator, 'kms:DescribeKey', key, 'resource-based policy'),
    );
  });
});
