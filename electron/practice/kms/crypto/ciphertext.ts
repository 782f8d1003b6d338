import { AwsError } from '../../protocol/awsError';
import { gcmOpen, gcmSeal, type Seal } from './seal';

/** Which key and which version of it a ciphertext was made with. */
export interface CiphertextOrigin {
  readonly accountId: string;
  /** The Region, or '' for a multi-Region key, whose ciphertexts open wherever the key is. */
  readonly region: string;
  readonly keyId: string;
  readonly materialId: string;
}

export interface OpenedCiphertext {
  readonly origin: CiphertextOrigin;
  /** @throws AwsError InvalidCiphertextException for another context, another secret or changed bytes. */
  decrypt(secret: Buffer, context: Context): Buffer;
}

export type Context = Readonly<Record<string, string>> | undefined;

/** AWS's ciphertexts begin like this too (`AQICAHh` in base64), and tools know them by it. */
const prefix = Buffer.from([0x01, 0x02, 0x02, 0x00, 0x78]);
const purpose = 'ciphertext header';

/**
 * Makes a CiphertextBlob: five bytes as AWS's begin, a sealed header that names key and version, and
 * the sealed data. Opaque: without the account's seal nobody reads the header, and no byte of the blob
 * can be changed.
 */
export function encryptBlob(
  seal: Seal,
  origin: CiphertextOrigin,
  secret: Buffer,
  context: Context,
  plaintext: Uint8Array,
): Buffer {
  const header = seal.seal(writeOrigin(origin), purpose);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(header.length);
  const start = Buffer.concat([prefix, length, header]);
  return Buffer.concat([start, gcmSeal(secret, plaintext, bound(start, context))]);
}

/** @throws AwsError InvalidCiphertextException for anything that is no ciphertext of this account */
export function openBlob(seal: Seal, blob: Uint8Array): OpenedCiphertext {
  const bytes = Buffer.from(blob);
  const headerAt = prefix.length + 2;
  if (!bytes.subarray(0, prefix.length).equals(prefix) || bytes.length < headerAt) {
    throw invalidCiphertext();
  }
  const dataAt = headerAt + bytes.readUInt16BE(prefix.length);
  const header = seal.open(bytes.subarray(headerAt, dataAt), purpose);
  if (!header) throw invalidCiphertext();
  return {
    origin: readOrigin(header),
    decrypt(secret, context) {
      const start = bytes.subarray(0, dataAt);
      const plaintext = gcmOpen(secret, bytes.subarray(dataAt), bound(start, context));
      if (!plaintext) throw invalidCiphertext();
      return plaintext;
    },
  };
}

/** KMS gives no reason: a wrong context and a changed byte look the same. */
export function invalidCiphertext(): AwsError {
  return new AwsError('InvalidCiphertextException');
}

/**
 * The additional data of a ciphertext: its own header and the encryption context, sorted so that the
 * order of its pairs does not matter, each part with its length so that no two contexts run together.
 */
function bound(start: Buffer, context: Context): Buffer {
  const pairs = Object.entries(context ?? {})
    .map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const)
    .sort(([a], [b]) => a.compare(b));
  const parts = pairs.flatMap((pair) => pair.flatMap((part) => [lengthOf(part), part]));
  return Buffer.concat([start, ...parts]);
}

function writeOrigin({ accountId, region, keyId, materialId }: CiphertextOrigin): Buffer {
  const name = Buffer.from(`${accountId}/${region}/${keyId}`);
  return Buffer.concat([Buffer.from(materialId, 'hex'), name]);
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
