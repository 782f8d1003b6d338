import { createHash } from 'node:crypto';
import { ed25519ph } from '@noble/curves/ed25519.js';
import { describe, expect, it } from 'vitest';
import { kmsForTest, type KmsForTest } from './kmsForTest';

const message = Buffer.from('a message that somebody signs');

async function makeKey(world: KmsForTest, KeySpec: string, KeyUsage: string): Promise<string> {
  const { KeyMetadata } = await world.call<{ KeyMetadata: { KeyId: string } }>('CreateKey', {
    KeySpec,
    KeyUsage,
  });
  return KeyMetadata.KeyId;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const publicKeyOf = async (world: KmsForTest, KeyId: string) =>
  (await world.call<{ PublicKey: Buffer }>('GetPublicKey', { KeyId })).PublicKey;
const shake = (bytes: Uint8Array) =>
  createHash('shake256', { outputLength: 64 }).update(bytes).digest();

// Developer guide, "ML-DSA key specs" and "Offline verification with ML-DSA key pairs"; FIPS 204, tables 1 and 2.
describe.each([
  ['ML_DSA_44', 1334, 1312, 2420],
  ['ML_DSA_65', 1974, 1952, 3309],
  ['ML_DSA_87', 2614, 2592, 4627],
])('%s', (spec, spkiBytes, publicBytes, signatureBytes) => {
  it('signs a message and its μ alike: the one verifies as the other', async () => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, spec, 'SIGN_VERIFY');
    const spki = await publicKeyOf(world, KeyId);
    expect(spki.length).toBe(spkiBytes);
    // FIPS 204, 5.2 and 6.2: μ = H(H(pk) ‖ 0 ‖ |ctx| ‖ M), with an empty context.
    const tr = shake(spki.subarray(-publicBytes));
    const mu = shake(Buffer.concat([tr, Buffer.from([0, 0]), message]));
    const request = { KeyId, SigningAlgorithm: 'ML_DSA_SHAKE_256' };
    const forms = [
      { Message: base64(message), MessageType: 'RAW' },
      { Message: base64(mu), MessageType: 'EXTERNAL_MU' },
    ];
    for (const form of forms) {
      const { Signature } = await world.call<{ Signature: Buffer }>('Sign', {
        ...request,
        ...form,
      });
      expect(Signature.length).toBe(signatureBytes);
      for (const other of forms) {
        const check = { ...request, ...other };
        expect(await world.outcome('Verify', { ...check, Signature: base64(Signature) })).toBe(
          'ok',
        );
        Signature[7] = (Signature[7] ?? 0) ^ 1;
        expect(await world.outcome('Verify', { ...check, Signature: base64(Signature) })).toBe(
          'KMSInvalidSignatureException: ',
        );
        Signature[7] = (Signature[7] ?? 0) ^ 1;
      }
    }
  });
});

describe('message types', () => {
  it.each([
    [
      'ML_DSA_44',
      'ML_DSA_SHAKE_256',
      'DIGEST',
      64,
      'Message type DIGEST is incompatible with key spec ML_DSA_44.',
    ],
    [
      'ML_DSA_44',
      'ML_DSA_SHAKE_256',
      'EXTERNAL_MU',
      63,
      'Digest is invalid length for algorithm ML_DSA_SHAKE_256.',
    ],
    [
      'ECC_NIST_EDWARDS25519',
      'ED25519_PH_SHA_512',
      'RAW',
      64,
      'Message type RAW is incompatible with algorithm ED25519_PH_SHA_512.',
    ],
    [
      'ECC_NIST_EDWARDS25519',
      'ED25519_PH_SHA_512',
      'DIGEST',
      32,
      'Digest is invalid length for algorithm ED25519_PH_SHA_512.',
    ],
  ])('%s %s refuses %s of %i bytes', async (spec, SigningAlgorithm, MessageType, length, text) => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, spec, 'SIGN_VERIFY');
    const request = { KeyId, SigningAlgorithm, MessageType, Message: base64(Buffer.alloc(length)) };
    expect(await world.outcome('Sign', request)).toBe(`ValidationException: ${text}`);
  });

  // API reference, Sign, MessageType: with ED25519_PH_SHA_512 KMS hashes the digest once more.
  it('signs the hash of a digest with Ed25519ph', async () => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, 'ECC_NIST_EDWARDS25519', 'SIGN_VERIFY');
    const digest = createHash('sha512').update(message).digest();
    const request = {
      KeyId,
      SigningAlgorithm: 'ED25519_PH_SHA_512',
      MessageType: 'DIGEST',
      Message: base64(digest),
    };
    const { Signature } = await world.call<{ Signature: Buffer }>('Sign', request);
    const publicKey = (await publicKeyOf(world, KeyId)).subarray(-32);
    expect(ed25519ph.verify(Signature, digest, publicKey)).toBe(true);
    const check = { ...request, Signature: base64(Signature) };
    expect(await world.outcome('Verify', check)).toBe('ok');
    expect(await world.outcome('Verify', { ...check, Message: base64(Buffer.alloc(64)) })).toBe(
      'KMSInvalidSignatureException: ',
    );
    expect(await world.outcome('Verify', { ...check, Signature: base64(Buffer.alloc(10)) })).toBe(
      'KMSInvalidSignatureException: ',
    );
  });
});

// API reference, Encapsulate and Decapsulate; FIPS 203, table 3.
describe.each([
  ['ML_KEM_512', 822, 768],
  ['ML_KEM_768', 1206, 1088],
  ['ML_KEM_1024', 1590, 1568],
])('%s', (spec, spkiBytes, ciphertextBytes) => {
  interface Encapsulated {
    readonly SharedSecret: Buffer;
    readonly SharedSecretCiphertextBlob: Buffer;
  }

  it('gives both sides the same 32 bytes', async () => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, spec, 'ENCAPSULATE_DECAPSULATE');
    const { KeyMetadata } = await world.call<{ KeyMetadata: object }>('DescribeKey', { KeyId });
    expect(KeyMetadata).toMatchObject({ EncapsulationAlgorithms: ['ML_KEM'] });
    expect((await publicKeyOf(world, KeyId)).length).toBe(spkiBytes);
    const algorithm = { KeyId, EncapsulationAlgorithm: 'ML_KEM' };
    const made = await world.call<Encapsulated>('Encapsulate', algorithm);
    expect(made.SharedSecret.length).toBe(32);
    expect(made.SharedSecretCiphertextBlob.length).toBe(ciphertextBytes);
    const open = (blob: Uint8Array) =>
      world.call<Encapsulated>('Decapsulate', {
        ...algorithm,
        SharedSecretCiphertextBlob: base64(blob),
      });
    expect(await open(made.SharedSecretCiphertextBlob)).toEqual({
      KeyId: `arn:aws:kms:eu-central-1:111122223333:key/${KeyId}`,
      SharedSecret: made.SharedSecret,
      EncapsulationAlgorithm: 'ML_KEM',
    });
    const changed = Buffer.from(made.SharedSecretCiphertextBlob);
    changed[0] = (changed[0] ?? 0) ^ 1;
    const rejected = await open(changed);
    expect(rejected.SharedSecret.length).toBe(32);
    expect(rejected.SharedSecret).not.toEqual(made.SharedSecret);
    const short = base64(changed.subarray(1));
    expect(
      await world.outcome('Decapsulate', { ...algorithm, SharedSecretCiphertextBlob: short }),
    ).toBe('InvalidCiphertextException: ');
  });

  // API reference, GenerateDataKeyPair: the private key is in seed format, as long for every spec.
  it('comes as a data key pair whose private key is its seed', async () => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT');
    const pair = await world.call<Record<string, Buffer>>('GenerateDataKeyPair', {
      KeyId,
      KeyPairSpec: spec,
    });
    expect(pair.PublicKey?.length).toBe(spkiBytes);
    expect(pair.PrivateKeyPlaintext?.length).toBe(86);
    const opened = await world.call<{ Plaintext: Buffer }>('Decrypt', {
      CiphertextBlob: base64(pair.PrivateKeyCiphertextBlob ?? Buffer.alloc(0)),
    });
    expect(opened.Plaintext).toEqual(pair.PrivateKeyPlaintext);
  });
});

it('refuses encapsulation with another kind of key, and other algorithms', async () => {
  const world = kmsForTest();
  const KeyId = await makeKey(world, 'SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT');
  expect(await world.outcome('Encapsulate', { KeyId, EncapsulationAlgorithm: 'ML_KEM' })).toBe(
    `InvalidKeyUsageException: arn:aws:kms:eu-central-1:111122223333:key/${KeyId} key usage is ENCRYPT_DECRYPT which is not valid for Encapsulate.`,
  );
  expect(await world.outcome('Encapsulate', { KeyId, EncapsulationAlgorithm: 'ML_KEM_768' })).toBe(
    "ValidationException: 1 validation error detected: Value 'ML_KEM_768' at 'encapsulationAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [ML_KEM]",
  );
});
