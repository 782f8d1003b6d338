import {
  createECDH,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type ECDH,
} from 'node:crypto';
import { ml_kem1024, ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { Ended, garbage } from '../failure';
import { createDhShare, ffdheGroup } from './finiteField';

/** Our half of a key exchange. */
export interface Share {
  readonly group: number;
  /** As it goes into key_share or ClientKeyExchange. */
  readonly public: Buffer;
  /** The shared secret. @throws Ended with `garbage` where the peer's half is none */
  agree(peer: Buffer): Buffer;
}

/** Groups that this client can finish with, in the order offered (IANA "TLS Supported Groups", 2026-08). */
export const exchangeGroups: readonly number[] = [
  0x001d, 0x0017, 0x0018, 0x0019, 0x11ec, 0x11eb, 0x11ed, 0x0100, 0x0101, 0x0102,
];

/** Groups that TLS 1.2 and below know too. */
export const ellipticGroups: readonly number[] = [0x001d, 0x0017, 0x0018, 0x0019];

/** A fresh half of the group's exchange; null where this client does not know the group. */
export function createShare(group: number): Share | null {
  const half = createHalf(group);
  if (!half) return null;
  return {
    group,
    public: half.public,
    agree(peer) {
      try {
        return half.agree(peer);
      } catch (error) {
        if (error instanceof Ended) throw error;
        throw garbage("The server's half of the key exchange is none.");
      }
    },
  };
}

interface Half {
  readonly public: Buffer;
  agree(peer: Buffer): Buffer;
}

function createHalf(group: number): Half | null {
  switch (group) {
    case 0x001d:
      return x25519();
    case 0x0017:
      return nist('prime256v1');
    case 0x0018:
      return nist('secp384r1');
    case 0x0019:
      return nist('secp521r1');
    // draft-ietf-tls-ecdhe-mlkem: the post-quantum half comes first with X25519, last with NIST's curves.
    case 0x11ec:
      return joined(mlKem(ml_kem768), x25519());
    case 0x11eb:
      return joined(nist('prime256v1'), mlKem(ml_kem768));
    case 0x11ed:
      return joined(nist('secp384r1'), mlKem(ml_kem1024));
    case 0x0100:
      return createDhShare(ffdheGroup(2048));
    case 0x0101:
      return createDhShare(ffdheGroup(3072));
    case 0x0102:
      return createDhShare(ffdheGroup(4096));
    default:
      return null;
  }
}

/** A SubjectPublicKeyInfo of X25519 up to its 32 bytes (RFC 8410). */
const x25519Prefix = Buffer.from('302a300506032b656e032100', 'hex');

function x25519(): SizedHalf {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  return {
    answerLength: 32,
    public: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32),
    agree: (peer) =>
      diffieHellman({
        privateKey,
        publicKey: createPublicKey({
          key: Buffer.concat([x25519Prefix, peer]),
          format: 'der',
          type: 'spki',
        }),
      }),
  };
}

function nist(curve: 'prime256v1' | 'secp384r1' | 'secp521r1'): SizedHalf {
  const ecdh: ECDH = createECDH(curve);
  const point = ecdh.generateKeys();
  return { answerLength: point.length, public: point, agree: (peer) => ecdh.computeSecret(peer) };
}

interface SizedHalf extends Half {
  /** Bytes of the peer's part. */
  readonly answerLength: number;
}

function mlKem(kem: typeof ml_kem768): SizedHalf {
  const { publicKey, secretKey } = kem.keygen();
  return {
    answerLength: kem.lengths.cipherText ?? 0,
    public: Buffer.from(publicKey),
    agree: (peer) => Buffer.from(kem.decapsulate(peer, secretKey)),
  };
}

/** Two exchanges as one: keys, answers and secrets one after the other. */
function joined(first: SizedHalf, second: SizedHalf): Half {
  return {
    public: Buffer.concat([first.public, second.public]),
    agree(peer) {
      if (peer.length !== first.answerLength + second.answerLength) {
        throw garbage("The server's half of the key exchange has a wrong length.");
      }
      return Buffer.concat([
        first.agree(peer.subarray(0, first.answerLength)),
        second.agree(peer.subarray(first.answerLength)),
      ]);
    },
  };
}
