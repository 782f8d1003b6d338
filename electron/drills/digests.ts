import { createHash } from 'node:crypto';
import type { SignAlgorithm } from '../../shared/model/drills/person';

/** SHA-256, hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What an algorithm signs of a file that it does not take whole. */
export function digestOf(algorithm: SignAlgorithm, bytes: Uint8Array): Buffer {
  const hash = algorithm === 'ECDSA-P384-SHA384' ? 'sha384' : 'sha256';
  return createHash(hash).update(bytes).digest();
}
