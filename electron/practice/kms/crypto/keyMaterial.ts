import { generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { makeSecp256k1 } from './secp256k1';
import { isLattice, makeLatticeKey } from './lattice';
import { keySpecs, type KeySpecInfo } from '../specs';

const makePair = promisify(generateKeyPair) as (
  type: string,
  options: object,
) => Promise<{ publicKey: KeyObject; privateKey: KeyObject }>;

/**
 * Makes the secret of a new key: random bytes, or the PKCS #8 of a private key. Key pairs are made
 * on the crypto library's own threads.
 */
export async function makeSecret(keySpec: string): Promise<Buffer> {
  const spec = keySpecs[keySpec];
  if (spec?.family === 'symmetric' || spec?.family === 'hmac') return randomBytes(spec.size);
  if (keySpec === 'ECC_SECG_P256K1') return makeSecp256k1();
  if (isLattice(keySpec)) return makeLatticeKey(keySpec);
  const { privateKey } = await makePair(...pairOptions(keySpec, spec));
  return privateKey.export({ type: 'pkcs8', format: 'der' });
}

function pairOptions(keySpec: string, spec: KeySpecInfo | undefined): [string, object] {
  if (spec?.family === 'rsa') {
    return ['rsa', { modulusLength: spec.size, publicExponent: 0x10001 }];
  }
  if (spec?.family === 'ecc') return ['ec', { namedCurve: spec.curve }];
  if (spec?.family === 'ed25519') return ['ed25519', {}];
  throw new Error(`No key pairs of ${keySpec}`);
}
