import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { publicPem } from '../../../electron/drills/people/keyPairs';

/** Signatures that fit their keys, by keys of another kind or size than the algorithm names. */
export function weakKeys() {
  const message = Buffer.from('SHA256SUMS');
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const koblitz = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
  const signature = (key: typeof p384) => sign('sha256', message, key.privateKey);
  return [
    {
      algorithm: 'ECDSA-P256-SHA256',
      publicKey: publicPem(p384.publicKey),
      message,
      signature: signature(p384),
    },
    {
      algorithm: 'ECDSA-P256-SHA256',
      publicKey: publicPem(koblitz.publicKey),
      message,
      signature: signature(koblitz),
    },
    {
      algorithm: 'RSA-PSS-SHA256',
      publicKey: publicPem(short.publicKey),
      message,
      signature: sign('sha256', message, { key: short.privateKey, padding, saltLength }),
    },
  ];
}
