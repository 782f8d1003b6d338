import { generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { AwsError } from '../../protocol/awsError';
import { makeSecp256k1 } from './ecKeys';
import { keySpecs, type KeySpecInfo } from '../specs';

const makePair = promisify(generateKeyPair) as (
  type: string,
  options: object,
) => Promise<{ publicKey: KeyObject; privateKey: KeyObject }>;

/**
 * Makes the secret of a new key: random bytes, or the PKCS #8 of a private key. Key pairs are made
 * on the crypto library's own threads.
 * @throws AwsError UnsupportedOperationException where this runtime's crypto library lacks the spec.
 */
export async function makeSecret(keySpec: string): Promise<Buffer> {
  const spec = keySpecs[keySpec];
  if (spec?.family === 'symmetric' || spec?.family === 'hmac') return randomBytes(spec.size);
  if (keySpec === 'ECC_SECG_P256K1') return makeSecp256k1();
  const [type, options] = pairOptions(keySpec, spec);
  try {
    const { privateKey } = await makePair(type, options);
    return privateKey.export({ type: 'pkcs8', format: 'der' });
  } catch (error) {
    throw unsupportedHere(keySpec, error);
  }
}

function pairOptions(keySpec: string, spec: KeySpecInfo | undefined): [string, object] {
  if (spec?.family === 'rsa') {
    return ['rsa', { modulusLength: spec.size, publicExponent: 0x10001 }];
  }
  if (spec?.family === 'ecc') return ['ec', { namedCurve: spec.curve }];
  if (spec?.family === 'ed25519') return ['ed25519', {}];
  if (spec?.curve) return [spec.curve, {}];
  throw unsupportedHere(keySpec);
}

/** The practice account's one own refusal: AWS offers the spec, this machine's crypto library does not. */
export function unsupportedHere(keySpec: string, cause?: unknown): AwsError {
  const error = new AwsError(
    'UnsupportedOperationException',
    `KeySpec ${keySpec} is not supported by the practice account on this runtime: its crypto library does not have it.`,
  );
  error.cause = cause;
  return error;
}
