import {
  constants,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  publicEncrypt,
  verify,
} from 'node:crypto';
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

async function publicKeyOf(world: KmsForTest, KeyId: string) {
  const { PublicKey } = await world.call<{ PublicKey: Buffer }>('GetPublicKey', { KeyId });
  return createPublicKey({ key: PublicKey, format: 'der', type: 'spki' });
}

const hashOf = (algorithm: string) => `sha${algorithm.slice(-3)}`;

describe('signatures, checked with the crypto library', () => {
  it.each([
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256'],
    ['RSA_2048', 'RSASSA_PSS_SHA_256'],
    ['RSA_2048', 'RSASSA_PSS_SHA_512'],
    ['ECC_NIST_P256', 'ECDSA_SHA_256'],
    ['ECC_NIST_P384', 'ECDSA_SHA_384'],
    ['ECC_NIST_P521', 'ECDSA_SHA_512'],
    ['ECC_SECG_P256K1', 'ECDSA_SHA_256'],
  ])('%s %s: of a message and of its digest', async (spec, SigningAlgorithm) => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, spec, 'SIGN_VERIFY');
    const key = await publicKeyOf(world, KeyId);
    const hash = hashOf(SigningAlgorithm);
    const digest = createHash(hash).update(message).digest();
    const padding = SigningAlgorithm.includes('PSS')
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {};
    for (const [MessageType, bytes] of [
      ['RAW', message],
      ['DIGEST', digest],
    ] as const) {
      const request = { KeyId, SigningAlgorithm, MessageType, Message: bytes.toString('base64') };
      const { Signature } = await world.call<{ Signature: Buffer }>('Sign', request);
      expect(verify(hash, message, { key, ...padding }, Signature)).toBe(true);
      for (const [otherType, otherBytes] of [
        ['RAW', message],
        ['DIGEST', digest],
      ] as const) {
        const check = {
          ...request,
          MessageType: otherType,
          Message: otherBytes.toString('base64'),
        };
        expect(
          await world.outcome('Verify', { ...check, Signature: Signature.toString('base64') }),
        ).toBe('ok');
      }
      const changed = Buffer.from(Signature);
      changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
      expect(
        await world.outcome('Verify', { ...request, Signature: changed.toString('base64') }),
      ).toBe('KMSInvalidSignatureException: ');
    }
  });

  it('Ed25519: of a message', async () => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, 'ECC_NIST_EDWARDS25519', 'SIGN_VERIFY');
    const request = {
      KeyId,
      SigningAlgorithm: 'ED25519_SHA_512',
      Message: message.toString('base64'),
    };
    const { Signature } = await world.call<{ Signature: Buffer }>('Sign', request);
    expect(verify(null, message, await publicKeyOf(world, KeyId), Signature)).toBe(true);
    expect(await world.outcome('Sign', { ...request, MessageType: 'DIGEST' })).toBe(
      'ValidationException: Message type DIGEST is incompatible with algorithm ED25519_SHA_512.',
    );
  });

  it('refuses as AWS does: usage before state, state before algorithm, algorithm before length', async () => {
    const world = kmsForTest();
    const hmac = await makeKey(world, 'HMAC_256', 'GENERATE_VERIFY_MAC');
    const curve = await makeKey(world, 'ECC_NIST_P256', 'SIGN_VERIFY');
    const arn = (id: string) => `arn:aws:kms:eu-central-1:111122223333:key/${id}`;
    const sign = (KeyId: string, SigningAlgorithm: string, more = {}) =>
      world.outcome('Sign', { KeyId, SigningAlgorithm, Message: 'AAAA', ...more });
    await world.call('DisableKey', { KeyId: hmac });
    expect(await sign(hmac, 'ECDSA_SHA_256')).toBe(
      `InvalidKeyUsageException: ${arn(hmac)} key usage is GENERATE_VERIFY_MAC which is not valid for Sign.`,
    );
    expect(await sign(curve, 'ECDSA_SHA_384', { MessageType: 'DIGEST' })).toBe(
      'InvalidKeyUsageException: Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256.',
    );
    expect(await sign(curve, 'ECDSA_SHA_256', { MessageType: 'DIGEST' })).toBe(
      'ValidationException: Digest is invalid length for algorithm ECDSA_SHA_256.',
    );
    await world.call('DisableKey', { KeyId: curve });
    expect(await sign(curve, 'ECDSA_SHA_384')).toBe(
      `DisabledException: ${arn(curve)} is disabled.`,
    );
  });
});

describe('RSA encryption', () => {
  it('opens what somebody encrypted with the public key alone', async () => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, 'RSA_2048', 'ENCRYPT_DECRYPT');
    const key = await publicKeyOf(world, KeyId);
    const sealed = publicEncrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      message,
    );
    const request = { KeyId, CiphertextBlob: sealed.toString('base64') };
    const { Plaintext } = await world.call<{ Plaintext: Buffer }>('Decrypt', {
      ...request,
      EncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
    });
    expect(Plaintext).toEqual(message);
    expect(await world.outcome('Decrypt', request)).toBe('InvalidCiphertextException: ');
  });

  it.each([
    ['RSAES_OAEP_SHA_1', 214],
    ['RSAES_OAEP_SHA_256', 190],
  ])('%s takes %i bytes and no more', async (EncryptionAlgorithm, most) => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, 'RSA_2048', 'ENCRYPT_DECRYPT');
    const encrypt = (length: number) =>
      world.outcome('Encrypt', {
        KeyId,
        EncryptionAlgorithm,
        Plaintext: Buffer.alloc(length).toString('base64'),
      });
    expect(await encrypt(most)).toBe('ok');
    expect(await encrypt(most + 1)).toBe(
      `ValidationException: Algorithm ${EncryptionAlgorithm} and key spec RSA_2048 cannot encrypt data larger than ${most} bytes.`,
    );
  });
});

describe('message authentication and key agreement', () => {
  it.each(['224', '256', '384', '512'])(
    'HMAC_%s verifies its own codes and no other',
    async (bits) => {
      const world = kmsForTest();
      const KeyId = await makeKey(world, `HMAC_${bits}`, 'GENERATE_VERIFY_MAC');
      const request = { KeyId, MacAlgorithm: `HMAC_SHA_${bits}`, Message: 'AAAA' };
      const { Mac } = await world.call<{ Mac: Buffer }>('GenerateMac', request);
      expect(Mac.length * 8).toBe(Number(bits));
      const check = { ...request, Mac: Mac.toString('base64') };
      expect(await world.outcome('VerifyMac', check)).toBe('ok');
      expect(await world.outcome('VerifyMac', { ...check, Message: 'BBBB' })).toBe(
        'KMSInvalidMacException: ',
      );
    },
  );

  it('agrees on the secret that the other side computes', async () => {
    const world = kmsForTest();
    const KeyId = await makeKey(world, 'ECC_NIST_P256', 'KEY_AGREEMENT');
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const spki = other.publicKey.export({ type: 'spki', format: 'der' });
    const { SharedSecret } = await world.call<{ SharedSecret: Buffer }>('DeriveSharedSecret', {
      KeyId,
      KeyAgreementAlgorithm: 'ECDH',
      PublicKey: spki.toString('base64'),
    });
    expect(SharedSecret).toEqual(
      diffieHellman({ privateKey: other.privateKey, publicKey: await publicKeyOf(world, KeyId) }),
    );
    expect(
      await world.outcome('DeriveSharedSecret', {
        KeyId,
        KeyAgreementAlgorithm: 'ECDH',
        PublicKey: Buffer.from('InvalidPublicKey').toString('base64'),
      }),
    ).toBe('ValidationException: ');
  });
});
