import type { Verdict } from '../../../verdict';

/** What it comes to that something is encrypted, or not, or that AWS does not say. */
export function encryptedVerdict(
  encrypted: boolean | undefined,
  keyId: string | undefined,
): Verdict {
  if (encrypted === undefined) {
    return { value: 'cannot-tell', reason: 'AWS does not say whether it is encrypted.' };
  }
  return encrypted
    ? { value: 'pass', reason: `Encrypted with ${keyId ?? 'a key that AWS does not name'}.` }
    : { value: 'fail', reason: 'It is not encrypted.', remedy: 'Copy it with encryption.' };
}
