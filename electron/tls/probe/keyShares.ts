import { createECDH, generateKeyPairSync } from 'node:crypto';

const curveNames = new Map([
  [0x0017, 'prime256v1'],
  [0x0018, 'secp384r1'],
  [0x0019, 'secp521r1'],
]);
const x25519 = 0x001d;

/** Groups whose public keys the runtime's crypto can make. */
export const shareableGroups: readonly number[] = [x25519, ...curveNames.keys()];

/** A fresh public key for each of the groups that is shareable; nobody keeps the private one. */
export function createKeyShares(groups: readonly number[]): { group: number; key: Buffer }[] {
  return groups.flatMap((group) => {
    const curve = curveNames.get(group);
    if (curve) return [{ group, key: createECDH(curve).generateKeys() }];
    return group === x25519 ? [{ group, key: x25519Key() }] : [];
  });
}

function x25519Key(): Buffer {
  const { x = '' } = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
}
