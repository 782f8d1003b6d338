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

/** Formed as AWS's: 20 upper-case characters that begin with AKIA, and 40 of base64. */
function randomCredentials(): Credentials {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const suffix = [...randomBytes(16)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return { accessKeyId: `AKIA${suffix}`, secretAccessKey: randomBytes(30).toString('base64') };
}
