import { randomBytes } from 'node:crypto';
import type { Collections } from './collections';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The account's access key: the given one, or the one it has, or a new random one. */
export function openCredentials(state: Collections, given: Credentials | undefined): Credentials {
  const stored = state.of<Credentials>('access-key');
  const credentials = given ?? stored.get('operator') ?? randomCredentials();
  stored.put('operator', credentials);
  state.commit();
  return credentials;
}

/** Formed as AWS's: 20 upper-case characters that begin with AKIA (temporary: ASIA), and 40 of base64. */
export function randomCredentials(prefix = 'AKIA'): Credentials {
  return {
    accessKeyId: randomId(prefix, 16),
    secretAccessKey: randomBytes(30).toString('base64'),
  };
}

/** An identifier as IAM forms them: a prefix that says of what, and so many capital letters and digits. */
export function randomId(prefix: string, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return prefix + Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join('');
}
