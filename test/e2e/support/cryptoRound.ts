import {
  constants,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { wrapKey } from '../../../electron/practice/kms/crypto/keyWrap';
import { keySpecs, specOf } from '../../../electron/practice/kms/specs';
import { kmsForTest } from '../../unit/practice/kmsForTest';

// Uses the practice KMS once with everything that it offers, and prints the outcomes as JSON: one
// program that a test runs in several runtimes.

type Answer = Record<string, Buffer>;

const world = kmsForTest();
const outcomes: Record<string, unknown> = {};
const message = Buffer.from('a message of the crypto round');
const base64 = (bytes: Buffer | undefined) => (bytes ?? Buffer.alloc(0)).toString('base64');

async function note(name: string, run: () => Promise<unknown>): Promise<void> {
  try {
    outcomes[name] = await run();
  } catch (error) {
    outcomes[name] = String(error);
  }
}

async function createKey(KeySpec: string, KeyUsage: string, more = {}): Promise<string> {
  const { KeyMetadata } = await world.call<{ KeyMetadata: { KeyId: string } }>('CreateKey', {
    KeySpec,
    KeyUsage,
    ...more,
  });
  return KeyMetadata.KeyId;
}

async function use(KeyId: string, keyUsage: string, algorithm: string): Promise<unknown> {
  const call = (operation: string, input: object) =>
    world.call<Answer>(operation, { KeyId, ...input });
  switch (keyUsage) {
    case 'ENCRYPT_DECRYPT': {
      const input = { EncryptionAlgorithm: algorithm };
      const sealed = await call('Encrypt', { ...input, Plaintext: base64(message) });
      const CiphertextBlob = base64(sealed.CiphertextBlob);
      const opened = await call('Decrypt', { ...input, CiphertextBlob });
      return opened.Plaintext?.equals(message);
    }
    case 'SIGN_VERIFY':
      return sign(KeyId, algorithm);
    case 'GENERATE_VERIFY_MAC': {
      const input = { MacAlgorithm: algorithm, Message: base64(message) };
      const { Mac } = await call('GenerateMac', input);
      return [Mac?.length, await world.outcome('VerifyMac', { KeyId, ...input, Mac: base64(Mac) })];
    }
    case 'KEY_AGREEMENT': {
      const { curve } = specOf(world.key(KeyId));
      const other = generateKeyPairSync('ec', { namedCurve: curve ?? '' });
      const spki = other.publicKey.export({ type: 'spki', format: 'der' });
      const input = { KeyAgreementAlgorithm: algorithm, PublicKey: base64(spki) };
      return (await call('DeriveSharedSecret', input)).SharedSecret?.length;
    }
    default: {
      const input = { EncapsulationAlgorithm: algorithm };
      const made = await call('Encapsulate', input);
      const SharedSecretCiphertextBlob = base64(made.SharedSecretCiphertextBlob);
      const opened = await call('Decapsulate', { ...input, SharedSecretCiphertextBlob });
      return [
        SharedSecretCiphertextBlob.length,
        opened.SharedSecret?.equals(made.SharedSecret ?? message),
      ];
    }
  }
}

/** Signs in every form that the algorithm has, and verifies right and wrong signatures. */
async function sign(KeyId: string, SigningAlgorithm: string): Promise<unknown> {
  const forms: (readonly [string, Buffer])[] = [];
  if (SigningAlgorithm !== 'ED25519_PH_SHA_512') forms.push(['RAW', message]);
  if (SigningAlgorithm === 'ML_DSA_SHAKE_256') forms.push(['EXTERNAL_MU', Buffer.alloc(64, 7)]);
  else if (SigningAlgorithm !== 'ED25519_SHA_512') {
    const hash = `sha${SigningAlgorithm.slice(-3)}`;
    forms.push(['DIGEST', createHash(hash).update(message).digest()]);
  }
  const found = [];
  for (const [MessageType, bytes] of forms) {
    const input = { KeyId, SigningAlgorithm, MessageType, Message: base64(bytes) };
    const { Signature } = await world.call<Answer>('Sign', input);
    const wrong = Buffer.from(Signature ?? message);
    wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
    for (const one of [Signature, wrong]) {
      found.push(await world.outcome('Verify', { ...input, Signature: base64(one) }));
    }
  }
  return found;
}

/** Imports bytes with every wrapping algorithm that takes them. */
async function importWrapped(keySpec: string, keyUsage: string, secret: Buffer): Promise<unknown> {
  const found = [];
  for (const WrappingAlgorithm of [
    'RSAES_OAEP_SHA_1',
    'RSAES_OAEP_SHA_256',
    'RSA_AES_KEY_WRAP_SHA_1',
    'RSA_AES_KEY_WRAP_SHA_256',
  ]) {
    const withAes = WrappingAlgorithm.startsWith('RSA_AES');
    // RSA-OAEP alone takes as much as its modulus.
    if (!withAes && secret.length > 190) continue;
    const KeyId = await createKey(keySpec, keyUsage, { Origin: 'EXTERNAL' });
    const wish = { KeyId, WrappingAlgorithm, WrappingKeySpec: 'RSA_2048' };
    const { PublicKey, ImportToken } = await world.call<Answer>('GetParametersForImport', wish);
    const key = createPublicKey({ key: PublicKey ?? message, format: 'der', type: 'spki' });
    const oaepHash = WrappingAlgorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
    const seal = (bytes: Buffer) =>
      publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
    const aesKey = randomBytes(32);
    const wrapped = withAes ? Buffer.concat([seal(aesKey), wrapKey(aesKey, secret)]) : seal(secret);
    const imported = await world.outcome('ImportKeyMaterial', {
      KeyId,
      ImportToken: base64(ImportToken),
      EncryptedKeyMaterial: base64(wrapped),
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    });
    const algorithm = keySpecs[keySpec]?.algorithms[keyUsage]?.[0] ?? '';
    found.push([WrappingAlgorithm, imported, await use(KeyId, keyUsage, algorithm)]);
  }
  return found;
}

async function round(): Promise<void> {
  const wrapper = await createKey('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT');
  for (const [spec, { usages, family, size, algorithms }] of Object.entries(keySpecs)) {
    if (family === 'sm2') continue;
    for (const usage of usages) {
      const KeyId = await createKey(spec, usage);
      for (const algorithm of algorithms[usage] ?? []) {
        await note(`${spec} ${algorithm}`, () => use(KeyId, usage, algorithm));
      }
      if (family === 'symmetric') {
        await note('GenerateDataKey', async () => {
          const made = await world.call<Answer>('GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
          const CiphertextBlob = base64(made.CiphertextBlob);
          const opened = await world.call<Answer>('Decrypt', { CiphertextBlob });
          return opened.Plaintext?.equals(made.Plaintext ?? message);
        });
      } else if (family !== 'hmac') {
        const { PublicKey } = await world.call<Answer>('GetPublicKey', { KeyId });
        outcomes[`${spec} ${usage} public key`] = PublicKey?.length;
      }
    }
    if (family === 'symmetric' || family === 'hmac') {
      const secret = randomBytes(size);
      await note(`${spec} import`, () => importWrapped(spec, usages[0] ?? '', secret));
    } else if (family !== 'ml-dsa') {
      await note(`${spec} pair`, async () => {
        const wish = { KeyId: wrapper, KeyPairSpec: spec };
        const pair = await world.call<Answer>('GenerateDataKeyPair', wish);
        const secret = pair.PrivateKeyPlaintext ?? message;
        if (family === 'ml-kem') return secret.length;
        return importWrapped(spec, 'SIGN_VERIFY', secret);
      });
    }
  }
}

await round();
process.stdout.write(JSON.stringify(outcomes));
