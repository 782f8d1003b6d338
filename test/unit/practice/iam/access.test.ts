import { newManagedKey } from '../../../../electron/practice/kms/managedKeys';
import { beforeEach, describe, expect, it } from 'vitest';
import { operations } from '../../../../electron/practice/kms/registry';
import {
  allow,
  arnOfUser,
  deny,
  elsewhere,
  explicitly,
  openWorld,
  ours,
  refused,
  root,
  theirs,
  to,
  type World,
} from './world';

let world: World;
beforeEach(() => {
  world = openWorld();
});

describe('a caller of the same account', () => {
  it('may use a key where the policy leaves it to IAM and IAM allows', async () => {
    const key = await world.key();
    const user = world.user('ann', [allow('kms:Encrypt')]);
    expect(await world.outcome(user, 'Encrypt', { KeyId: key, Plaintext: 'AAAA' })).toBe('ok');
    expect(await world.outcome(user, 'DescribeKey', { KeyId: key })).toBe(
      refused(user, 'kms:DescribeKey', key, 'identity-based policy'),
    );
  });

  it('may not, whatever IAM allows, where the policy does not name the account', async () => {
    const user = world.user('ann', [allow('*')]);
    const key = await world.key([to(arnOfUser('practice-operator'), allow('kms:*'))]);
    expect(await world.outcome(user, 'DescribeKey', { KeyId: key })).toBe(
      refused(user, 'kms:DescribeKey', key, 'resource-based policy'),
    );
  });

  it.each([
    ['its ARN', arnOfUser('ann')],
    ['everybody', '*'],
  ])('needs no policy of its own where the key policy names %s', async (_, principal) => {
    const user = world.user('ann', []);
    const key = await world.key([to(principal, allow('kms:DescribeKey'))]);
    expect(await world.outcome(user, 'DescribeKey', { KeyId: key })).toBe('ok');
    expect(await world.outcome(user, 'GetKeyPolicy', { KeyId: key })).toBe(
      refused(user, 'kms:GetKeyPolicy', key, 'resource-based policy'),
    );
  });

  it('is refused by an explicit deny, whoever allows', async () => {
    const user = world.user('ann', [allow('kms:*'), deny('kms:Decrypt')]);
    const key = await world.key([
      to(root(ours), allow('kms:*')),
      to(arnOfUser('ann'), allow('kms:*')),
      to(arnOfUser('ann'), deny('kms:Encrypt')),
    ]);
    const { CiphertextBlob } = await world.as(world.operator, 'Encrypt', {
      KeyId: key,
      Plaintext: 'AAAA',
    });
    expect(
      await world.outcome(user, 'Decrypt', {
        CiphertextBlob: (CiphertextBlob as Buffer).toString('base64'),
      }),
    ).toBe(explicitly(user, 'kms:Decrypt', key, 'an identity-based policy'));
    expect(await world.outcome(user, 'Encrypt', { KeyId: key, Plaintext: 'AAAA' })).toBe(
      explicitly(user, 'kms:Encrypt', key, 'a resource-based policy'),
    );
  });

  it('is told of a key that does not exist before anything of permissions', async () => {
    const user = world.user('ann', []);
    const KeyId = '11111111-2222-3333-4444-555555555555';
    expect(await world.outcome(user, 'DescribeKey', { KeyId })).toBe(
      `NotFoundException: Key 'arn:aws:kms:eu-central-1:${ours}:key/${KeyId}' does not exist`,
    );
  });

  it('is told of a missing permission before the state of the key', async () => {
    const key = await world.key();
    await world.as(world.operator, 'DisableKey', { KeyId: key });
    const user = world.user('ann', []);
    expect(await world.outcome(user, 'Encrypt', { KeyId: key, Plaintext: 'AAAA' })).toBe(
      refused(user, 'kms:Encrypt', key, 'identity-based policy'),
    );
  });

  it('is refused what concerns no key on resource *', async () => {
    const user = world.user('ann', []);
    expect(await world.outcome(user, 'ListKeys')).toBe(
      refused(user, 'kms:ListKeys', '*', 'identity-based policy'),
    );
    expect(await world.outcome(user, 'CreateKey')).toBe(
      refused(user, 'kms:CreateKey', '*', 'identity-based policy'),
    );
  });

  it('needs kms:TagResource to create a key with tags', async () => {
    const user = world.user('ann', [allow('kms:CreateKey')]);
    expect(await world.outcome(user, 'CreateKey')).toBe('ok');
    const Tags = [{ TagKey: 'a', TagValue: 'b' }];
    expect(await world.outcome(user, 'CreateKey', { Tags })).toBe(
      refused(
        user,
        'kms:TagResource',
        `arn:aws:kms:eu-central-1:${ours}:key/*`,
        'identity-based policy',
      ),
    );
  });

  it('needs a permission for the alias and one for every key that it concerns', async () => {
    const key = await world.key();
    const alias = `arn:aws:kms:eu-central-1:${ours}:alias/a`;
    const user = world.user('ann', [{ ...allow('kms:*Alias'), Resource: alias }]);
    const input = { AliasName: 'alias/a', TargetKeyId: key };
    expect(await world.outcome(user, 'CreateAlias', input)).toBe(
      refused(user, 'kms:CreateAlias', key, 'identity-based policy'),
    );
    const other = { ...input, AliasName: 'alias/b' };
    expect(await world.outcome(user, 'CreateAlias', other)).toBe(
      refused(user, 'kms:CreateAlias', alias.replace(/a$/, 'b'), 'identity-based policy'),
    );
    const both = world.user('bea', [
      { ...allow('kms:*Alias'), Resource: alias },
      { ...allow('kms:CreateAlias'), Resource: key },
    ]);
    expect(await world.outcome(both, 'CreateAlias', input)).toBe('ok');
    expect(await world.outcome(both, 'DeleteAlias', { AliasName: 'alias/a' })).toBe(
      refused(both, 'kms:DeleteAlias', key, 'identity-based policy'),
    );
  });

  it('needs ReEncryptFrom on the one key and ReEncryptTo on the other', async () => {
    const [from, dest] = [await world.key(), await world.key()];
    const { CiphertextBlob: blob } = await world.as(world.operator, 'Encrypt', {
      KeyId: from,
      Plaintext: 'AAAA',
    });
    const input = {
      CiphertextBlob: (blob as Buffer).toString('base64'),
      DestinationKeyId: dest,
    };
    const half = world.user('ann', [allow('kms:ReEncryptFrom')]);
    expect(await world.outcome(half, 'ReEncrypt', input)).toBe(
      refused(half, 'kms:ReEncryptTo', dest, 'identity-based policy'),
    );
    const whole = world.user('bea', [
      { ...allow('kms:ReEncryptFrom'), Resource: from },
      { ...allow('kms:ReEncryptTo'), Resource: dest },
    ]);
    expect(await world.outcome(whole, 'ReEncrypt', input)).toBe('ok');
  });

  it('may not use an AWS managed key itself, only look at it', async () => {
    const seen = await world.key();
    const record = world.kms.ring.find('eu-central-1', seen.split('/')[1] ?? '');
    if (!record) throw new Error('no key');
    const { policy } = newManagedKey(ours, 'eu-central-1', 's3', 0);
    world.kms.ring.put({ ...record, managedBy: 's3', policy });
    expect(await world.outcome(world.operator, 'DescribeKey', { KeyId: seen })).toBe('ok');
    expect(await world.outcome(world.operator, 'DisableKey', { KeyId: seen })).toBe(
      refused(world.operator, 'kms:DisableKey', seen, 'resource-based policy'),
    );
  });

  it('without any permission is refused every operation that finds what it names', async () => {
    const key = await world.key();
    await world.as(world.operator, 'CreateAlias', { AliasName: 'alias/a', TargetKeyId: key });
    const user = world.user('nobody', []);
    const given: Record<string, object> = {
      CreateAlias: { AliasName: 'alias/x', TargetKeyId: key },
      UpdateAlias: { AliasName: 'alias/a', TargetKeyId: key },
      DeleteAlias: { AliasName: 'alias/a' },
      CreateGrant: { GranteePrincipal: user.arn, Operations: ['Decrypt'] },
      Decrypt: { CiphertextBlob: 'AAAA', EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' },
      ReEncrypt: {
        CiphertextBlob: 'AAAA',
        SourceKeyId: key,
        SourceEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
        DestinationKeyId: key,
      },
    };
    const members: Record<string, unknown> = {
      KeyId: key,
      Plaintext: 'AAAA',
      KeySpec: 'AES_256',
      KeyPairSpec: 'RSA_2048',
      NumberOfBytes: 32,
      Message: 'AAAA',
      Signature: 'AAAA',
      Mac: 'AAAA',
      SigningAlgorithm: 'ECDSA_SHA_256',
      MacAlgorithm: 'HMAC_SHA_256',
      KeyAgreementAlgorithm: 'ECDH',
      EncapsulationAlgorithm: 'ML_KEM',
      SharedSecretCiphertextBlob: 'AAAA',
      PublicKey: 'AAAA',
      Description: '',
      Tags: [{ TagKey: 'a', TagValue: 'b' }],
      TagKeys: ['a'],
      Policy: '{}',
      GrantId: 'a',
      RetiringPrincipal: user.arn,
      ReplicaRegion: 'us-east-1',
      PrimaryRegion: 'us-east-1',
      WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
      WrappingKeySpec: 'RSA_2048',
      ImportToken: 'AAAA',
      EncryptedKeyMaterial: 'AAAA',
      CustomKeyStoreId: 'cks-1234567890',
      CustomKeyStoreName: 'store',
      CloudHsmClusterId: 'cluster-abcdefghijk',
      PendingWindowInDays: 7,
    };
    const passed: string[] = [];
    for (const [name, operation] of operations) {
      const wanted = Object.keys(operation.members).filter((member) => member in members);
      const input = {
        ...Object.fromEntries(wanted.map((member) => [member, members[member]])),
        ...(name.startsWith('GenerateDataKey') && { NumberOfBytes: undefined }),
        ...(name === 'CreateKey' && { KeySpec: undefined, CustomKeyStoreId: undefined }),
        ...given[name],
      };
      const outcome = await world.outcome(user, name, input);
      // A grant that does not exist is not found before it is refused.
      if (name === 'RetireGrant') expect(outcome).toContain('NotFoundException');
      else if (!outcome.startsWith('AccessDeniedException')) passed.push(`${name}: ${outcome}`);
    }
    expect(passed).toEqual([]);
  });
});

describe('a caller of another account', () => {
  const shared = (principal: string) => [
    to(root(ours), allow('kms:*')),
    to(principal, allow(['kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey', 'kms:DisableKey'])),
  ];

  it('needs the key policy and a policy of its own account', async () => {
    const key = await world.key(shared(root(theirs)));
    const both = world.user('pia', [allow('kms:*')], { accountId: theirs });
    const neither = world.user('quin', [], { accountId: theirs });
    expect(await world.outcome(both, 'Encrypt', { KeyId: key, Plaintext: 'AAAA' })).toBe('ok');
    expect(await world.outcome(neither, 'Encrypt', { KeyId: key, Plaintext: 'AAAA' })).toBe(
      refused(neither, 'kms:Encrypt', key, 'identity-based policy'),
    );
  });

  it('cannot tell a key that is not shared from one that does not exist', async () => {
    const key = await world.key();
    const user = world.user('pia', [allow('kms:*')], { accountId: theirs });
    const absent = `arn:aws:kms:eu-central-1:${ours}:key/11111111-2222-3333-4444-555555555555`;
    const unknown =
      'arn:aws:kms:eu-central-1:999988887777:key/11111111-2222-3333-4444-555555555555';
    for (const KeyId of [key, absent, unknown, `arn:aws:kms:eu-central-1:${ours}:alias/no`]) {
      expect(await world.outcome(user, 'DescribeKey', { KeyId })).toBe(
        elsewhere(user, 'kms:DescribeKey'),
      );
    }
  });

  it('decrypts what names the key itself, or is refused without the key’s name', async () => {
    const pia = world.user('pia', [allow('kms:*')], { accountId: theirs });
    const key = await world.key(shared(pia.arn));
    const quin = world.user('quin', [allow('kms:*')], { accountId: theirs });
    const { CiphertextBlob } = await world.as(pia, 'Encrypt', { KeyId: key, Plaintext: 'AAAA' });
    const blob = { CiphertextBlob: (CiphertextBlob as Buffer).toString('base64') };
    expect(await world.as(pia, 'Decrypt', blob)).toMatchObject({ KeyId: key });
    expect(await world.outcome(quin, 'Decrypt', blob)).toBe(
      elsewhere(quin, 'kms:Decrypt', 'the resource associated with this ciphertext'),
    );
  });

  it('reaches keys by alias ARN; a bare name is looked up in its own account', async () => {
    const key = await world.key(shared(root(theirs)));
    await world.as(world.operator, 'CreateAlias', { AliasName: 'alias/a', TargetKeyId: key });
    const user = world.user('pia', [allow('kms:*')], { accountId: theirs });
    const described = await world.as(user, 'DescribeKey', {
      KeyId: `arn:aws:kms:eu-central-1:${ours}:alias/a`,
    });
    expect(described).toMatchObject({ KeyMetadata: { Arn: key, AWSAccountId: ours } });
    expect(await world.outcome(user, 'DescribeKey', { KeyId: 'alias/a' })).toBe(
      `NotFoundException: Alias arn:aws:kms:eu-central-1:${theirs}:alias/a is not found.`,
    );
  });

  it('is refused what does not cross accounts, whoever allows it', async () => {
    const key = await world.key(shared(root(theirs)));
    const user = world.user('pia', [allow('kms:*')], { accountId: theirs });
    expect(await world.outcome(user, 'DisableKey', { KeyId: key })).toBe(
      elsewhere(user, 'kms:DisableKey'),
    );
    expect(
      await world.outcome(user, 'CreateAlias', { AliasName: 'alias/a', TargetKeyId: key }),
    ).toBe(elsewhere(user, 'kms:CreateAlias'));
  });

  it('has keys, aliases and lists of its own', async () => {
    await world.key();
    const user = world.user('pia', [allow('kms:*')], { accountId: theirs });
    const { KeyMetadata } = await world.as(user, 'CreateKey');
    const { Arn: arn } = KeyMetadata as { Arn: string };
    expect(arn).toContain(theirs);
    await world.as(user, 'CreateAlias', { AliasName: 'alias/a', TargetKeyId: arn });
    expect(await world.as(user, 'ListKeys')).toMatchObject({ Keys: [{ KeyArn: arn }] });
    expect(await world.as(world.operator, 'ListAliases')).toMatchObject({ Aliases: [] });
    expect(await world.outcome(world.operator, 'Encrypt', { KeyId: arn, Plaintext: 'AAAA' })).toBe(
      elsewhere(world.operator, 'kms:Encrypt'),
    );
  });
});
