import { beforeEach, describe, expect, it } from 'vitest';
import { kmsForTest, type KmsForTest } from './kmsForTest';
import { openWorld, ours } from './iam/world';

interface Made {
  readonly KeyMetadata: { readonly KeyId: string; readonly Arn: string };
}

const root = `arn:aws:iam::${ours}:root`;
let world: KmsForTest;
beforeEach(() => {
  world = kmsForTest();
});

async function key(input: object = {}): Promise<string> {
  const { KeyMetadata } = await world.call<Made>('CreateKey', input);
  return KeyMetadata.KeyId;
}

describe('a grant', () => {
  const signing = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
  const app = { 'aws:ebs:id': 'vol-1' };

  it.each([
    [{}, ['Sign'], {}],
    [signing, ['GenerateDataKey'], {}],
    [signing, ['Sign', 'Decrypt'], {}],
    [{ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, ['GetPublicKey'], {}],
    [{ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }, ['GenerateDataKeyPair'], {}],
    [signing, ['Sign'], { Constraints: { EncryptionContextEquals: app } }],
    [{}, ['Decrypt'], { Constraints: { EncryptionContextSubset: { a: 'x'.repeat(385) } } }],
    [{}, ['Decrypt'], { GranteeServicePrincipal: 'ec2.amazonaws.com' }],
    [{}, ['Decrypt'], { RetiringPrincipal: root, RetiringServicePrincipal: 'ec2.amazonaws.com' }],
  ])('of a key %j for %j with %j is no valid one', async (spec, Operations, more) => {
    const KeyId = await key(spec);
    const input = { KeyId, GranteePrincipal: root, Operations, ...more };
    expect(await world.outcome('CreateGrant', input)).toContain('ValidationException: ');
  });

  it('for a service is for a resource, and can be retired', async () => {
    const KeyId = await key();
    const service = {
      KeyId,
      GranteeServicePrincipal: 'ec2.amazonaws.com',
      Operations: ['Decrypt'],
    };
    expect(await world.outcome('CreateGrant', service)).toContain('ValidationException: ');
    const SourceArn = `arn:aws:ec2:eu-central-1:${ours}:volume/vol-1`;
    const whole = { ...service, Constraints: { SourceArn }, RetiringPrincipal: root };
    expect(await world.outcome('CreateGrant', whole)).toBe('ok');
  });

  it('has another token each time, and each of them is good', async () => {
    const KeyId = await key();
    const input = { KeyId, GranteePrincipal: root, Operations: ['Decrypt'], Name: 'one' };
    const first = await world.call<{ GrantToken: string; GrantId: string }>('CreateGrant', input);
    const second = await world.call<typeof first>('CreateGrant', input);
    expect(second.GrantId).toBe(first.GrantId);
    expect(second.GrantToken).not.toBe(first.GrantToken);
    for (const { GrantToken } of [first, second]) {
      const described = { KeyId, GrantTokens: [GrantToken] };
      expect(await world.outcome('DescribeKey', described)).toBe('ok');
    }
    expect(await world.outcome('RetireGrant', { GrantToken: second.GrantToken })).toBe('ok');
    expect(await world.outcome('RetireGrant', { GrantToken: first.GrantToken })).toBe(
      'InvalidGrantTokenException: ',
    );
  });

  it('goes to somebody who exists', async () => {
    const people = openWorld();
    const KeyId = await people.key();
    for (const name of ['role/nobody', 'user/nobody', 'group/staff']) {
      const GranteePrincipal = `arn:aws:iam::${ours}:${name}`;
      const input = { KeyId, GranteePrincipal, Operations: ['Decrypt'] };
      expect(await people.outcome(people.operator, 'CreateGrant', input)).toBe(
        `InvalidArnException: ARN does not refer to a valid principal: ${GranteePrincipal}`,
      );
    }
  });
});

describe('a key policy', () => {
  const policyFor = (principal: string, more: object = {}) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' },
        { Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:*', Resource: '*', ...more },
      ],
    });

  it('names no group', async () => {
    const Policy = policyFor(`arn:aws:iam::${ours}:group/staff`);
    expect(await world.outcome('CreateKey', { Policy })).toBe(
      'InvalidArnException: An ARN in the specified key policy is invalid.',
    );
  });

  it('has 32 KiB at most', async () => {
    const Policy = policyFor(root, { Sid: 'x'.repeat(32_768) });
    expect(await world.outcome('CreateKey', { Policy })).toBe('LimitExceededException: ');
  });
});

describe('a reserved alias', () => {
  it('gets its AWS managed key when it is described', async () => {
    const KeyId = 'alias/aws/ebs';
    expect(await world.outcome('GetKeyPolicy', { KeyId })).not.toBe('ok');
    const { KeyMetadata } = await world.call<Made>('DescribeKey', { KeyId });
    expect(KeyMetadata).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' });
    const again = await world.call<Made>('DescribeKey', {
      KeyId: `arn:aws:kms:eu-central-1:${ours}:alias/aws/ebs`,
    });
    expect(again.KeyMetadata.Arn).toBe(KeyMetadata.Arn);
    expect(await world.outcome('DescribeKey', { KeyId: 'alias/aws/none' })).toContain(
      'NotFoundException: Alias ',
    );
  });
});

it('automatic rotation that is switched on without a period has 365 days', async () => {
  const KeyId = await key();
  await world.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 100 });
  await world.call('EnableKeyRotation', { KeyId });
  expect(await world.call('GetKeyRotationStatus', { KeyId })).toMatchObject({
    RotationPeriodInDays: 365,
  });
});

it.each([
  ['Owner', 'a,b'],
  ['Owner;', 'a'],
  ['Owner', '<a>'],
])('a tag %j: %j has signs that no tag has', async (TagKey, TagValue) => {
  const Tags = [{ TagKey, TagValue }];
  expect(await world.outcome('CreateKey', { Tags })).toBe('TagException: Invalid tag');
});

it('a tag has letters of any script, spaces and _.:/=+-@', async () => {
  const Tags = [{ TagKey: 'Kosten-Stelle: größe @home', TagValue: '東京 1_2.3/4=5+6' }];
  expect(await world.outcome('CreateKey', { Tags })).toBe('ok');
});

describe('a grant for what a service does for a resource', () => {
  it('gives nothing to who asks for himself, and names the services as such', async () => {
    const people = openWorld();
    const KeyId = await people.key();
    const user = people.user('reader', []);
    const SourceArn = 'arn:aws:s3:::example-bucket';
    const terms = { KeyId, Operations: ['DescribeKey'], Constraints: { SourceArn } };
    await people.as(people.operator, 'CreateGrant', { ...terms, GranteePrincipal: user.arn });
    expect(await people.outcome(user, 'DescribeKey', { KeyId })).toContain('AccessDenied');
    await people.as(people.operator, 'CreateGrant', {
      ...terms,
      GranteeServicePrincipal: 's3.amazonaws.com',
      RetiringServicePrincipal: 'backup.amazonaws.com',
    });
    const { Grants } = (await people.as(people.operator, 'ListGrants', { KeyId })) as {
      Grants: Record<string, unknown>[];
    };
    const served = Grants.find(({ GranteeServicePrincipal }) => GranteeServicePrincipal);
    expect(served).toMatchObject({
      GranteeServicePrincipal: 's3.amazonaws.com',
      RetiringServicePrincipal: 'backup.amazonaws.com',
      Constraints: { SourceArn },
    });
    expect(served?.GranteePrincipal).toBeUndefined();
  });
});

it('a password is in no text of an error', async () => {
  const KeyStorePassword = 'short';
  const told = await world.outcome('UpdateCustomKeyStore', {
    CustomKeyStoreId: 'cks-1',
    KeyStorePassword,
  });
  expect(told).toBe(
    "ValidationException: 1 validation error detected: Value at 'keyStorePassword' failed to satisfy constraint: Member must have length greater than or equal to 7",
  );
});
