import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unwrapKey, wrapKey } from '../../../electron/practice/kms/crypto/keyWrap';
import { kmsForTest, type KmsForTest } from './kmsForTest';

interface Parameters {
  readonly ImportToken: Buffer;
  readonly PublicKey: Buffer;
}

async function externalKey(world: KmsForTest, more = {}): Promise<{ KeyId: string; Arn: string }> {
  const { KeyMetadata } = await world.call<{ KeyMetadata: { KeyId: string; Arn: string } }>(
    'CreateKey',
    { Origin: 'EXTERNAL', ...more },
  );
  return KeyMetadata;
}

/** An ImportKeyMaterial request for these bytes, wrapped as asked. */
async function importRequest(
  world: KmsForTest,
  KeyId: string,
  secret: Buffer,
  WrappingAlgorithm = 'RSAES_OAEP_SHA_256',
) {
  const { ImportToken, PublicKey } = await world.call<Parameters>('GetParametersForImport', {
    KeyId,
    WrappingAlgorithm,
    WrappingKeySpec: 'RSA_2048',
  });
  const oaepHash = WrappingAlgorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  const key = createPublicKey({ key: PublicKey, format: 'der', type: 'spki' });
  const seal = (bytes: Buffer) =>
    publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
  const aesKey = randomBytes(32);
  const wrapped = WrappingAlgorithm.startsWith('RSA_AES')
    ? Buffer.concat([seal(aesKey), wrapKey(aesKey, secret)])
    : seal(secret);
  return {
    KeyId,
    ImportToken: ImportToken.toString('base64'),
    EncryptedKeyMaterial: wrapped.toString('base64'),
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  };
}

async function stateOf(world: KmsForTest, KeyId: string): Promise<string> {
  const { KeyMetadata } = await world.call<{ KeyMetadata: { KeyState: string } }>('DescribeKey', {
    KeyId,
  });
  return KeyMetadata.KeyState;
}

describe('AES key wrap with padding', () => {
  it.each([
    [
      'c37b7e6492584340bed12207808941155068f738',
      '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a',
    ],
    ['466f7250617369', 'afbeb0f07dfbf5419200f2ccb50bb24f'],
  ])("gives RFC 5649's example of %s", (secret, wrapped) => {
    const key = Buffer.from('5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8', 'hex');
    expect(wrapKey(key, Buffer.from(secret, 'hex')).toString('hex')).toBe(wrapped);
    expect(unwrapKey(key, Buffer.from(wrapped, 'hex'))?.toString('hex')).toBe(secret);
  });

  it('gives any secret back, and nothing where a byte was changed', () => {
    for (const length of [1, 7, 8, 9, 16, 20, 32, 138, 1218]) {
      const secret = randomBytes(length);
      const key = randomBytes(32);
      const wrapped = wrapKey(key, secret);
      expect(unwrapKey(key, wrapped)).toEqual(secret);
      wrapped[wrapped.length - 1] = (wrapped.at(-1) ?? 0) ^ 1;
      expect(unwrapKey(key, wrapped)).toBeUndefined();
    }
  });
});

describe('imported key material', () => {
  const p256 = () =>
    generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({
      type: 'pkcs8',
      format: 'der',
    });
  it.each([
    ['RSAES_OAEP_SHA_1', {}, () => randomBytes(32)],
    ['RSAES_OAEP_SHA_256', {}, () => randomBytes(32)],
    ['RSA_AES_KEY_WRAP_SHA_1', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, p256],
    ['RSA_AES_KEY_WRAP_SHA_256', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, p256],
  ])('comes wrapped with %s', async (algorithm, spec, secret) => {
    const world = kmsForTest();
    const { KeyId } = await externalKey(world, spec);
    await world.call('ImportKeyMaterial', await importRequest(world, KeyId, secret(), algorithm));
    expect(await stateOf(world, KeyId)).toBe('Enabled');
  });

  it.each([
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'RSA_AES_KEY_WRAP_SHA_256', 'RSA_3072'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_4096'],
    ['RSA_2048', 'SIGN_VERIFY', 'RSAES_OAEP_SHA_256', 'RSA_4096'],
    ['ECC_NIST_P521', 'SIGN_VERIFY', 'RSAES_OAEP_SHA_1', 'RSA_2048'],
  ])(
    'of a %s key (%s) is not wrapped with %s under %s',
    async (KeySpec, KeyUsage, algorithm, spec) => {
      const world = kmsForTest();
      const { KeyId } = await externalKey(world, { KeySpec, KeyUsage });
      const input = { KeyId, WrappingAlgorithm: algorithm, WrappingKeySpec: spec };
      expect(await world.outcome('GetParametersForImport', input)).toBe(
        `ValidationException: Wrapping algorithm ${algorithm} and wrapping key spec ${spec} cannot be used to import a ${KeySpec} key.`,
      );
    },
  );

  it('is new where it was never imported, under no id that the caller names', async () => {
    const world = kmsForTest();
    const { KeyId } = await externalKey(world);
    const request = await importRequest(world, KeyId, randomBytes(32));
    const existing = { ...request, ImportType: 'EXISTING_KEY_MATERIAL' };
    expect(await world.outcome('ImportKeyMaterial', existing)).toBe(
      'IncorrectKeyMaterialException: ',
    );
    const named = { ...request, ImportType: 'NEW_KEY_MATERIAL', KeyMaterialId: 'a'.repeat(64) };
    expect(await world.outcome('ImportKeyMaterial', named)).toContain('ValidationException: ');
    expect(await world.outcome('ImportKeyMaterial', request)).toBe('ok');
  });

  it('makes the key expire with the first of its versions', async () => {
    const world = kmsForTest();
    const { KeyId } = await externalKey(world);
    const days = (count: number) => world.account.clock.now() / 1000 + count * 86_400;
    const expiring = (request: object, count: number) => ({
      ...request,
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
      ValidTo: days(count),
    });
    const first = await importRequest(world, KeyId, randomBytes(32));
    await world.call('ImportKeyMaterial', expiring(first, 40));
    const second = await importRequest(world, KeyId, randomBytes(32));
    const next = { ...expiring(second, 200), ImportType: 'NEW_KEY_MATERIAL' };
    await world.call('ImportKeyMaterial', next);
    await world.call('RotateKeyOnDemand', { KeyId });
    world.advanceSeconds(2);
    const { KeyMetadata } = await world.call<{ KeyMetadata: { ValidTo: Date } }>('DescribeKey', {
      KeyId,
    });
    expect(KeyMetadata).toMatchObject({ ExpirationModel: 'KEY_MATERIAL_EXPIRES' });
    expect(KeyMetadata.ValidTo.getTime()).toBe(days(40) * 1000 - 2000);
  });

  it('may be a private key', async () => {
    const world = kmsForTest();
    const { KeyId } = await externalKey(world, { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
    await world.call(
      'ImportKeyMaterial',
      await importRequest(world, KeyId, pkcs8, 'RSA_AES_KEY_WRAP_SHA_256'),
    );
    const { PublicKey } = await world.call<{ PublicKey: Buffer }>('GetPublicKey', { KeyId });
    const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
    expect(PublicKey).toEqual(spki);
    await world.call('DeleteImportedKeyMaterial', { KeyId });
    expect(await stateOf(world, KeyId)).toBe('PendingImport');
    expect(await world.call('GetPublicKey', { KeyId })).toMatchObject({ PublicKey: spki });
  });

  it('has no public half before it was ever imported', async () => {
    const world = kmsForTest();
    const { KeyId, Arn } = await externalKey(world, {
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
    });
    expect(await world.outcome('GetPublicKey', { KeyId })).toBe(
      `KMSInvalidStateException: ${Arn} is pending import.`,
    );
  });

  it('opens its old ciphertexts again only with the same bytes', async () => {
    const world = kmsForTest();
    const { KeyId, Arn } = await externalKey(world);
    const secret = randomBytes(32);
    await world.call('ImportKeyMaterial', await importRequest(world, KeyId, secret));
    const { CiphertextBlob } = await world.call<{ CiphertextBlob: Buffer }>('Encrypt', {
      KeyId,
      Plaintext: 'AAAA',
    });
    const decrypt = () =>
      world.outcome('Decrypt', { CiphertextBlob: CiphertextBlob.toString('base64') });
    await world.call('DeleteImportedKeyMaterial', { KeyId });
    expect(await decrypt()).toBe(`KMSInvalidStateException: ${Arn} is pending import.`);
    const other = await importRequest(world, KeyId, randomBytes(32));
    expect(await world.outcome('ImportKeyMaterial', other)).toBe('IncorrectKeyMaterialException: ');
    await world.call('ImportKeyMaterial', await importRequest(world, KeyId, secret));
    expect(await decrypt()).toBe('ok');
  });

  it('rotates on demand to new material, and needs all of its versions', async () => {
    const world = kmsForTest();
    const { KeyId, Arn } = await externalKey(world);
    const first = randomBytes(32);
    await world.call('ImportKeyMaterial', await importRequest(world, KeyId, first));
    expect(await world.outcome('RotateKeyOnDemand', { KeyId })).toBe(
      `KMSInvalidStateException: No available key material pending rotation for the key: ${Arn}.`,
    );
    const wish = { ImportType: 'NEW_KEY_MATERIAL' };
    const next = await importRequest(world, KeyId, randomBytes(32));
    const { KeyMaterialId } = await world.call<{ KeyMaterialId: string }>('ImportKeyMaterial', {
      ...next,
      ...wish,
    });
    const third = await importRequest(world, KeyId, randomBytes(32));
    expect(await world.outcome('ImportKeyMaterial', { ...third, ...wish })).toMatch(
      /^KMSInvalidStateException: New key material \(id: [0-9a-f]{64}\) cannot be imported into KMS key arn:.*, because another key material \(id: [0-9a-f]{64}\) is pending rotation\.$/,
    );
    await world.call('RotateKeyOnDemand', { KeyId });
    world.advanceSeconds(1);
    const { KeyMetadata } = await world.call<{ KeyMetadata: { CurrentKeyMaterialId: string } }>(
      'DescribeKey',
      { KeyId },
    );
    expect(KeyMetadata.CurrentKeyMaterialId).toBe(KeyMaterialId);
    const [old] = world.key(KeyId).materials;
    await world.call('DeleteImportedKeyMaterial', { KeyId, KeyMaterialId: old?.id });
    expect(await stateOf(world, KeyId)).toBe('PendingImport');
    await world.call('ImportKeyMaterial', await importRequest(world, KeyId, first));
    expect(await stateOf(world, KeyId)).toBe('Enabled');
  });

  it('expires by the clock of the account, and so does the token', async () => {
    const world = kmsForTest();
    const { KeyId } = await externalKey(world);
    const request = await importRequest(world, KeyId, randomBytes(32));
    const inDays = (days: number) => world.account.clock.now() / 1000 + days * 86_400;
    const expiring = { ...request, ExpirationModel: 'KEY_MATERIAL_EXPIRES' };
    expect(await world.outcome('ImportKeyMaterial', expiring)).toBe(
      'ValidationException: A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES',
    );
    await world.call('ImportKeyMaterial', { ...expiring, ValidTo: inDays(30) });
    world.advanceDays(29);
    expect(await stateOf(world, KeyId)).toBe('Enabled');
    world.advanceDays(1);
    expect(await stateOf(world, KeyId)).toBe('PendingImport');
    expect(await world.outcome('ImportKeyMaterial', request)).toBe('ExpiredImportTokenException: ');
  });

  it('is refused with the token of another key, a changed token, changed or wrong bytes', async () => {
    const world = kmsForTest();
    const { KeyId } = await externalKey(world);
    const { KeyId: otherId } = await externalKey(world);
    const request = await importRequest(world, KeyId, randomBytes(32));
    const outcome = (changes: object) =>
      world.outcome('ImportKeyMaterial', { ...request, ...changes });
    expect(await outcome({ KeyId: otherId })).toBe('InvalidImportTokenException: ');
    expect(await outcome({ ImportToken: 'AAAA' })).toBe('InvalidImportTokenException: ');
    expect(await outcome({ EncryptedKeyMaterial: 'AAAA' })).toBe(
      'ValidationException: Invalid encrypted key size.',
    );
    const noise = randomBytes(256).toString('base64');
    expect(await outcome({ EncryptedKeyMaterial: noise })).toBe('InvalidCiphertextException: ');
    const short = await importRequest(world, KeyId, randomBytes(31));
    expect(await world.outcome('ImportKeyMaterial', short)).toBe('IncorrectKeyMaterialException: ');
  });
});
