import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';

/** What a person's passphrase opens: a key that signs, and one that opens what is sealed to them. */
export interface KeyPairs {
  /** Absent for who signs with KMS. */
  readonly signing?: KeyObject | undefined;
  readonly opening: KeyObject;
}

export function newKeyPairs(): KeyPairs & { readonly signing: KeyObject } {
  return {
    signing: generateKeyPairSync('ed25519').privateKey,
    opening: generateKeyPairSync('x25519').privateKey,
  };
}

/** Both private keys as bytes (PKCS #8). */
export function packKeyPairs({ signing, opening }: KeyPairs): Buffer {
  const der = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const parts = { ...(signing && { signing: der(signing) }), opening: der(opening) };
  return Buffer.from(JSON.stringify(parts));
}

export function unpackKeyPairs(bytes: Uint8Array): KeyPairs {
  const { signing, opening } = JSON.parse(Buffer.from(bytes).toString()) as Record<string, string>;
  const key = (der = '') =>
    createPrivateKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'pkcs8' });
  return { ...(signing !== undefined && { signing: key(signing) }), opening: key(opening) };
}

/** SPKI in PEM. */
export function publicPem(key: KeyObject): string {
  const pub = key.type === 'private' ? createPublicKey(key) : key;
  return pub.export({ format: 'pem', type: 'spki' }).toString();
}

/** SHA-256 of a public key (SPKI, DER), hex: what people compare. */
export function fingerprintOf(pem: string): string {
  const der = createPublicKey(pem).export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(der).digest('hex');
}

/** Ed25519, RFC 8032. */
export function signEd25519(bytes: Uint8Array, key: KeyObject): Buffer {
  return sign(null, bytes, key);
}
