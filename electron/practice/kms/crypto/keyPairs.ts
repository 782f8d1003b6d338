import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readEcKey } from './ecdsa';
import { secp256k1Spki } from './secp256k1';
import { isLattice, latticeSpki } from './lattice';

/** The public half of a private key (PKCS #8) as SubjectPublicKeyInfo. */
export function publicKeyOf(keySpec: string, pkcs8: Buffer): Buffer {
  if (keySpec === 'ECC_SECG_P256K1') {
    const key = readEcKey('secp256k1', pkcs8);
    if (!key) throw new Error('The stored key is no secp256k1 key');
    return secp256k1Spki(key.secret);
  }
  if (isLattice(keySpec)) return latticeSpki(keySpec, pkcs8);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}
