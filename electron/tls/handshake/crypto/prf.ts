import { createHmac } from 'node:crypto';

/** The hash that TLS 1.2's PRF uses, or `md5-sha1` for TLS 1.0 and 1.1. */
export type PrfHash = 'md5-sha1' | 'sha256' | 'sha384';

/**
 * The pseudorandom function of TLS 1.0 to 1.2: `length` bytes from secret, label and seed
 * (RFC 5246 section 5; RFC 4346 section 5 for `md5-sha1`).
 */
export function prf(
  hash: PrfHash,
  secret: Buffer,
  label: string,
  seed: Buffer,
  length: number,
): Buffer {
  const labelled = Buffer.concat([Buffer.from(label, 'ascii'), seed]);
  if (hash !== 'md5-sha1') return expand(hash, secret, labelled, length);
  // The halves share their middle byte where the secret's length is odd.
  const half = Math.ceil(secret.length / 2);
  const md5 = expand('md5', secret.subarray(0, half), labelled, length);
  const sha1 = expand('sha1', secret.subarray(secret.length - half), labelled, length);
  return md5.map((byte, i) => byte ^ (sha1[i] ?? 0)) as Buffer;
}

/** P_hash: HMAC over and over, until there are enough bytes. */
function expand(hash: string, secret: Buffer, seed: Buffer, length: number): Buffer {
  const hmac = (data: Buffer) => createHmac(hash, secret).update(data).digest();
  const blocks: Buffer[] = [];
  let a = hmac(seed);
  for (let have = 0; have < length; have += a.length) {
    blocks.push(hmac(Buffer.concat([a, seed])));
    a = hmac(a);
  }
  return Buffer.concat(blocks).subarray(0, length);
}
