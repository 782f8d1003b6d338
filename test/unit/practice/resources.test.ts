import { describe, expect, it } from 'vitest';
import { kmsForTest, type KmsForTest } from './kmsForTest';

interface Metadata {
  readonly KeyId: string;
  readonly Arn: string;
}
const create = async (world: KmsForTest, input = {}) =>
  (await world.call<{ KeyMetadata: Metadata }>('CreateKey', input)).KeyMetadata;
const aliasArn = (name: string) => `arn:aws:kms:eu-central-1:111122223333:${name}`;

describe('aliases', () => {
  it('are refused in the words of AWS', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    const hmac = await create(world, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const make = (AliasName: string, TargetKeyId = KeyId) =>
      world.outcome('CreateAlias', { AliasName, TargetKeyId });
    expect(await make('no-prefix')).toBe(
      'ValidationException: Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
    expect(await make('alias/aws/mine')).toBe('NotAuthorizedException: ');
    expect(await make('alias/one')).toBe('ok');
    expect(await make('alias/one')).toBe(
      `AlreadyExistsException: An alias with the name ${aliasArn('alias/one')} already exists`,
    );
    expect(await make('alias/two', 'alias/one')).toBe(
      'ValidationException: Aliases must refer to keys. Not aliases',
    );
    expect(
      await world.outcome('UpdateAlias', { AliasName: 'alias/one', TargetKeyId: hmac.KeyId }),
    ).toContain(
      'ValidationException: Alias alias/one cannot be changed from a CMK with key usage ENCRYPT_DECRYPT to a CMK with key usage GENERATE_VERIFY_MAC.',
    );
    expect(await world.outcome('DeleteAlias', { AliasName: 'alias/none' })).toBe(
      `NotFoundException: Alias ${aliasArn('alias/none')} is not found.`,
    );
  });

  it('are at most 50 a key, and sorted', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    for (let count = 49; count >= 0; count--) {
      await world.call('CreateAlias', { AliasName: `alias/a${count}`, TargetKeyId: KeyId });
    }
    expect(
      await world.outcome('CreateAlias', { AliasName: 'alias/more', TargetKeyId: KeyId }),
    ).toBe('LimitExceededException: ');
    const first = await world.call<{ Aliases: { AliasName: string }[]; Truncated: boolean }>(
      'ListAliases',
      { Limit: 30 },
    );
    const names = first.Aliases.map(({ AliasName }) => AliasName);
    expect(names).toEqual([...names].sort());
    expect(first.Truncated).toBe(true);
    expect(await world.outcome('ListAliases', { Marker: 'bm90IG91cnM=' })).toBe(
      'InvalidMarkerException: ',
    );
  });
});

describe('a KeyId', () => {
  it.each([
    [
      '00000000-0000-0000-0000-000000000000',
      "Key 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000' does not exist",
    ],
    [
      'mrk-1234567812341234123412345678901a',
      "Key 'arn:aws:kms:eu-central-1:111122223333:key/mrk-1234567812341234123412345678901a' does not exist",
    ],
    ['foo', "Invalid keyId 'foo'"],
    ['12345678123412341234123456789012', "Invalid keyId '12345678123412341234123456789012'"],
    ['mrk-1234', "Invalid keyId 'mrk-1234'"],
    ['arn:aws:kms:eu-central-1:111122223333:key/foo', 'Invalid keyId foo'],
    ['arn:aws:kms:us-west-2:111122223333:key/foo', 'Invalid arn us-west-2'],
    ['alias/none', 'Alias arn:aws:kms:eu-central-1:111122223333:alias/none is not found.'],
    [
      'arn:aws:kms:eu-central-1:111122223333:alias/none',
      'Alias arn:aws:kms:eu-central-1:111122223333:alias/none is not found.',
    ],
  ])('%s: %s', async (KeyId, text) => {
    expect(await kmsForTest().outcome('DescribeKey', { KeyId })).toBe(`NotFoundException: ${text}`);
  });

  it('may be no alias where AWS takes none', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    await world.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: KeyId });
    for (const alias of ['alias/a', aliasArn('alias/a')]) {
      for (const operation of [
        'EnableKey',
        'GetKeyPolicy',
        'ListGrants',
        'ScheduleKeyDeletion',
        'RotateKeyOnDemand',
      ]) {
        expect(await world.outcome(operation, { KeyId: alias })).toBe(
          'InvalidArnException: Key Aliases are not supported for this operation.',
        );
      }
      expect(await world.outcome('Encrypt', { KeyId: alias, Plaintext: 'AAAA' })).toBe('ok');
    }
  });
});

describe('tags', () => {
  it.each([
    [[{ TagKey: 'AWS:x', TagValue: '' }], 'Tags beginning with aws: are reserved'],
    [
      [
        { TagKey: 'a', TagValue: '1' },
        { TagKey: 'a', TagValue: '2' },
      ],
      'Duplicate tag keys',
    ],
    [
      Array.from({ length: 51 }, (_, index) => ({ TagKey: `t${index}`, TagValue: '' })),
      'Too many tags',
    ],
  ])('%#: %s', async (Tags, text) => {
    expect(await kmsForTest().outcome('CreateKey', { Tags })).toBe(`TagException: ${text}`);
  });

  it('are replaced by name, and go by name', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world, { Tags: [{ TagKey: 'a', TagValue: '1' }] });
    await world.call('TagResource', {
      KeyId,
      Tags: [
        { TagKey: 'a', TagValue: '2' },
        { TagKey: 'b', TagValue: '3' },
      ],
    });
    await world.call('UntagResource', { KeyId, TagKeys: ['b', 'never'] });
    expect(await world.call('ListResourceTags', { KeyId })).toEqual({
      Tags: [{ TagKey: 'a', TagValue: '2' }],
      Truncated: false,
      NextMarker: undefined,
    });
  });
});

describe('key policies', () => {
  const statement = (more: object) => ({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'kms:*',
    Resource: '*',
    ...more,
  });
  const put = async (policy: unknown, more = {}) => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    const Policy = typeof policy === 'string' ? policy : JSON.stringify(policy);
    return world.outcome('PutKeyPolicy', { KeyId, PolicyName: 'default', Policy, ...more });
  };

  it('begin as AWS writes them', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    const { Policy } = await world.call<{ Policy: string }>('GetKeyPolicy', { KeyId });
    expect(Policy).toBe(
      [
        '{',
        '  "Version" : "2012-10-17",',
        '  "Id" : "key-default-1",',
        '  "Statement" : [ {',
        '    "Sid" : "Enable IAM User Permissions",',
        '    "Effect" : "Allow",',
        '    "Principal" : {',
        '      "AWS" : "arn:aws:iam::111122223333:root"',
        '    },',
        '    "Action" : "kms:*",',
        '    "Resource" : "*"',
        '  } ]',
        '}',
      ].join('\n'),
    );
  });

  it('must leave the caller a way to change them, unless the check is bypassed', async () => {
    const lockedOut = { Version: '2012-10-17', Statement: [statement({ Action: 'kms:Decrypt' })] };
    expect(await put(lockedOut)).toBe(
      'MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.',
    );
    expect(await put(lockedOut, { BypassPolicyLockoutSafetyCheck: true })).toBe('ok');
    expect(await put({ Statement: [statement({ Action: ['kms:Put*'] })] })).toBe('ok');
  });

  it.each(['no json', '[]', '{}', '{"Statement":[{"Effect":"Maybe"}]}'])(
    'cannot be %s',
    async (text) => {
      expect(await put(text)).toContain('MalformedPolicyDocumentException');
    },
  );
});

describe('grants', () => {
  const grant = (KeyId: string, more = {}) => ({
    KeyId,
    GranteePrincipal: 'arn:aws:iam::111122223333:role/app',
    Operations: ['Decrypt', 'RetireGrant'],
    ...more,
  });

  it('with a name are made once, and can be listed, retired and revoked', async () => {
    const world = kmsForTest();
    const { KeyId, Arn } = await create(world);
    const named = grant(KeyId, {
      Name: 'app',
      RetiringPrincipal: 'arn:aws:iam::111122223333:role/boss',
    });
    const first = await world.call<{ GrantId: string; GrantToken: string }>('CreateGrant', named);
    const again = await world.call<{ GrantId: string }>('CreateGrant', named);
    expect(again.GrantId).toBe(first.GrantId);
    expect(await world.call('ListGrants', { KeyId })).toMatchObject({
      Grants: [
        {
          KeyId: Arn,
          GrantId: first.GrantId,
          Name: 'app',
          IssuingAccount: 'arn:aws:iam::111122223333:root',
        },
      ],
      Truncated: false,
    });
    expect(
      await world.call('ListRetirableGrants', {
        RetiringPrincipal: 'arn:aws:iam::111122223333:role/boss',
      }),
    ).toMatchObject({ Grants: [{ GrantId: first.GrantId }] });
    expect(await world.outcome('DescribeKey', { KeyId, GrantTokens: [first.GrantToken] })).toBe(
      'ok',
    );
    expect(await world.outcome('RetireGrant', { GrantToken: first.GrantToken })).toBe('ok');
    expect(await world.outcome('RetireGrant', { GrantToken: first.GrantToken })).toBe(
      'InvalidGrantTokenException: ',
    );
    const second = await world.call<{ GrantId: string }>('CreateGrant', grant(KeyId));
    expect(
      await world.outcome('RevokeGrant', { KeyId, GrantId: second.GrantId, DryRun: true }),
    ).toBe(
      'DryRunOperationException: The request would have succeeded, but the DryRun option is set.',
    );
    expect(await world.outcome('RevokeGrant', { KeyId, GrantId: second.GrantId })).toBe('ok');
    expect(await world.call('ListGrants', { KeyId })).toMatchObject({ Grants: [] });
  });

  it('need a principal that is one', async () => {
    const world = kmsForTest();
    const { KeyId } = await create(world);
    expect(
      await world.outcome('CreateGrant', grant(KeyId, { GranteePrincipal: 'somebody' })),
    ).toContain('InvalidArnException');
    expect(await world.outcome('CreateGrant', grant(KeyId, { Operations: ['Steal'] }))).toContain(
      "Value '[Steal]' at 'operations' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [Decrypt,",
    );
  });
});

describe('what a practice account has not', () => {
  it('is answered as AWS answers an account without it', async () => {
    const world = kmsForTest();
    expect(await world.call('DescribeCustomKeyStores')).toEqual({
      CustomKeyStores: [],
      Truncated: false,
    });
    expect(await world.outcome('DeleteCustomKeyStore', { CustomKeyStoreId: 'cks-1' })).toBe(
      'CustomKeyStoreNotFoundException: ',
    );
    expect(await world.outcome('CreateKey', { KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' })).toBe(
      'UnsupportedOperationException: KeySpec SM2 is not supported in this Region',
    );
    expect(await world.outcome('NoSuchOperation')).toBe('UnknownOperationException: ');
  });
});

describe('the last use of a key', () => {
  it('is told for successful cryptographic operations alone', async () => {
    const world = kmsForTest();
    const { KeyId, Arn } = await create(world);
    const lastUse = () => world.call<{ KeyLastUsage?: object }>('GetKeyLastUsage', { KeyId });
    await world.outcome('Encrypt', {
      KeyId,
      Plaintext: 'AAAA',
      EncryptionAlgorithm: 'RSAES_OAEP_SHA_1',
    });
    await world.call('DescribeKey', { KeyId });
    expect((await lastUse()).KeyLastUsage).toEqual({});
    await world.call('GenerateDataKey', { KeyId, KeySpec: 'AES_128' });
    expect(await lastUse()).toMatchObject({
      KeyId: Arn,
      KeyLastUsage: { Operation: 'GenerateDataKey', KmsRequestId: 'test' },
    });
  });
});
