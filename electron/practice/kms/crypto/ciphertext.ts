import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AwsError } from '../../protocol/awsError';
import type { Collections } from '../../account/collections';

/** Which key and which version of it a ciphertext was made with. */
export interface CiphertextOrigin {
  readonly accountId: string;
  /** The Region, or '' for a multi-Region key, whose ciphertexts open wherever the key is. */
  readonly region: string;
  readonly keyId: string;
  readonly materialId: string;
}

/**
 * The form of a CiphertextBlob: five bytes as AWS's blobs begin, then a sealed header that names key
 * and version, then the sealed data. Opaque: without the account's seal nobody reads the header, and
 * no byte of it can be changed.
 */
export interface CiphertextSeal {
  encrypt(
    origin: CiphertextOrigin,
    secret: Buffer,
    context: Context,
    plaintext: Uint8Array,
  ): Buffer;
  /** @throws AwsError InvalidCiphertextException for anything that is no ciphertext of this account. */
  open(blob: Uint8Array): OpenedCiphertext;
}

export interface OpenedCiphertext {
  readonly origin: CiphertextOrigin;
  /** @throws AwsError InvalidCiphertextException for another context, another secret or changed bytes. */
  decrypt(secret: Buffer, context: Context): Buffer;
}

export type Context = Readonly<Record<string, string>> | undefined;

/** AWS's ciphertexts begin like this too (`AQICAHh` in base64), and tools know them by it. */
const prefix = Buffer.from([0x01, 0x02, 0x02, 0x00, 0x78]);
const ivLength = 12;
const tagLength = 16;

/** Opens the account's seal, and makes it at the first time. */
export function openSeal(state: Collections): CiphertextSeal {
  const stored = state.of<{ key: string }>('kms-seal');
  const sealKey = () => {
    const found = stored.get('seal');
    if (found) return Buffer.from(found.key, 'base64');
    const key = randomBytes(32);
    stored.put('seal', { key: key.toString('base64') });
    state.commit();
    return key;
  };
  return {
    encrypt(origin, secret, context, plaintext) {
      const header = gcmSeal(sealKey(), writeOrigin(origin), prefix);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(header.length);
      const start = Buffer.concat([prefix, length, header]);
      return Buffer.concat([start, gcmSeal(secret, plaintext, bound(start, context))]);
    },
    open(blob) {
      const bytes = Buffer.from(blob);
      if (!bytes.subarray(0, prefix.length).equals(prefix)) throw invalidCiphertext();
      const headerAt = prefix.length + 2;
      if (bytes.length < headerAt) throw invalidCiphertext();
      const dataAt = headerAt + bytes.readUInt16BE(prefix.length);
      const header = gcmOpen(sealKey(), bytes.subarray(headerAt, dataAt), prefix);
      return {
        origin: readOrigin(header),
        decrypt: (secret, context) =>
          gcmOpen(secret, bytes.subarray(dataAt), bound(bytes.subarray(0, dataAt), context)),
      };
    },
  };
}

export function invalidCiphertext(): AwsError {
  return new AwsError('InvalidCiphertextException');
}

/**
 * The additional data of a ciphertext: its own header and the encryption context, sorted so that the
 * order of its pairs does not matter, each part with its length so that no two contexts run together.
 */
function bound(header: Buffer, context: Context): Buffer {
  const pairs = Object.entries(context ?? {})
    .map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const)
    .sort(([a], [b]) => a.compare(b));
  return Buffer.concat([
    header,
    ...pairs.flatMap((pair) => pair.flatMap((part) => [lengthOf(part), part])),
  ]);
}

function gcmSeal(key: Buffer, plaintext: Uint8Array, aad: Buffer): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function gcmOpen(key: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  if (sealed.length < ivLength + tagLength) throw invalidCiphertext();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivLength), {
    authTagLength: tagLength,
  })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-tagLength));
  try {
    const start = decipher.update(sealed.subarray(ivLength, -tagLength));
    return Buffer.concat([start, decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

function writeOrigin({ accountId, region, keyId, materialId }: CiphertextOrigin): Buffer {
  const text = Buffer.from(`${accountId}/${region}/${keyId}`);
  return Buffer.concat([Buffer.from(materialId, 'hex'), text]);
}

function readOrigin(header: Buffer): CiphertextOrigin {
  const [accountId = '', region = '', keyId = ''] = header.subarray(32).toString().split('/');
  return { accountId, region, keyId, materialId: header.subarray(0, 32).toString('hex') };
}

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return length;
}
