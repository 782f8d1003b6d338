import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { AwsError, validationError } from '../protocol/awsError';
import type { KmsContext } from './context';
import { invalidCiphertext } from './crypto/ciphertext';
import { unwrapKey } from './crypto/keyWrap';
import { readEcKey } from './crypto/ecdsa';
import type { Seal } from './crypto/seal';
import type { KeyRecord } from './model';
import { specOf } from './specs';

/** What an import token carries, sealed: the key it is for and the private half of the wrapping key. */
export interface ImportToken {
  readonly arn: string;
  readonly algorithm: string;
  /** PKCS #8 in base64. */
  readonly privateKey: string;
  readonly validTo: number;
}

const purpose = 'import token';

export function writeToken(seal: Seal, token: ImportToken): Buffer {
  return seal.seal(Buffer.from(JSON.stringify(token)), purpose);
}

/** @throws AwsError InvalidImportTokenException, ExpiredImportTokenException (after 24 hours) */
export function openToken(context: KmsContext, sealed: Buffer): ImportToken {
  const bytes = context.seal.open(sealed, purpose);
  if (!bytes) throw new AwsError('InvalidImportTokenException');
  const token = JSON.parse(bytes.toString()) as ImportToken;
  if (token.validTo <= context.now) throw new AwsError('ExpiredImportTokenException');
  return token;
}

/**
 * Opens wrapped key material: RSA-OAEP alone, or an AES key under RSA-OAEP followed by the material
 * under that key (RFC 5649).
 * @throws AwsError InvalidCiphertextException
 */
export function unwrap(token: ImportToken, wrapped: Buffer): Buffer {
  const key = createPrivateKey({
    key: Buffer.from(token.privateKey, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const oaepHash = token.algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  const open = (bytes: Buffer) => {
    try {
      return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
    } catch {
      throw invalidCiphertext();
    }
  };
  const modulusBytes = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const direct = !token.algorithm.startsWith('RSA_AES');
  if (direct ? wrapped.length !== modulusBytes : wrapped.length <= modulusBytes) {
    throw validationError('Invalid encrypted key size.');
  }
  if (direct) return open(wrapped);
  const aesKey = open(wrapped.subarray(0, modulusBytes));
  const secret =
    aesKey.length === 32 ? unwrapKey(aesKey, wrapped.subarray(modulusBytes)) : undefined;
  if (!secret) throw invalidCiphertext();
  return secret;
}

/** @throws AwsError IncorrectKeyMaterialException where the bytes are no key of the key's spec */
export function checkImportedSecret(key: KeyRecord, secret: Buffer): void {
  const { family, size, curve } = specOf(key);
  const fits =
    family === 'symmetric' || family === 'hmac'
      ? secret.length === size
      : curve === 'secp256k1'
        ? readEcKey(curve, secret) !== undefined
        : isPrivateKey(secret, (type, details) =>
            family === 'rsa'
              ? type === 'rsa' && details?.modulusLength === size
              : family === 'ecc'
                ? type === 'ec' && details?.namedCurve === curve
                : type === family,
          );
  if (!fits) throw new AwsError('IncorrectKeyMaterialException');
}

function isPrivateKey(
  secret: Buffer,
  isKind: (
    type: string | undefined,
    details: { modulusLength?: number | undefined; namedCurve?: string | undefined } | undefined,
  ) => boolean,
): boolean {
  try {
    const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
    return isKind(key.asymmetricKeyType, key.asymmetricKeyDetails);
  } catch {
    return false;
  }
}
