import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';

const text = z.string();

/** A digest file's members that count. Source: CloudTrail user guide, "CloudTrail digest file structure". */
const digestSchema = z.object({
  awsAccountId: text,
  digestStartTime: text,
  digestEndTime: text,
  digestS3Bucket: text,
  digestS3Object: text,
  digestPublicKeyFingerprint: text,
  digestSignatureAlgorithm: text,
  previousDigestS3Bucket: text.nullish(),
  previousDigestS3Object: text.nullish(),
  previousDigestHashValue: text.nullish(),
  previousDigestSignature: text.nullish(),
  logFiles: z.array(
    z.object({
      s3Bucket: text,
      s3Object: text,
      hashValue: text,
      hashAlgorithm: text,
      oldestEventTime: text.optional(),
      newestEventTime: text.optional(),
    }),
  ),
});
export type Digest = z.infer<typeof digestSchema>;

/** A digest file that could be read, with the hash that its signature and its successor cover. */
export interface ReadDigest {
  readonly digest: Digest;
  /** SHA-256 of the uncompressed bytes, hex. */
  readonly hash: string;
}

/** Reads an uncompressed digest file; undefined where it is none. */
export function readDigest(bytes: Buffer): ReadDigest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = digestSchema.safeParse(value);
  if (!parsed.success) return undefined;
  return { digest: parsed.data, hash: createHash('sha256').update(bytes).digest('hex') };
}

/** A key of CloudTrail's, as ListPublicKeys gives it. */
export interface TrailPublicKey {
  readonly fingerprint: string;
  /** PKCS #1, DER. */
  readonly value: Uint8Array;
}

/**
 * Whether a signature is that of the digest: RSASSA-PKCS1-v1_5 with SHA-256 over its end, its place,
 * its hash and the signature of the digest before it. Source: CloudTrail user guide, "Custom
 * implementations of CloudTrail log file integrity validation".
 * @param signature hex
 */
export function isSigned(read: ReadDigest, signature: string, key: TrailPublicKey): boolean {
  if (!/^(?:[0-9a-f]{2})+$/i.test(signature)) return false;
  const publicKey = keyObject(key);
  return (
    publicKey !== undefined &&
    verify('sha256', Buffer.from(signedText(read)), publicKey, Buffer.from(signature, 'hex'))
  );
}

/** The text that CloudTrail signs for a digest. */
export function signedText({ digest, hash }: ReadDigest): string {
  return [
    digest.digestEndTime,
    `${digest.digestS3Bucket}/${digest.digestS3Object}`,
    hash,
    digest.previousDigestSignature ?? 'null',
  ].join('\n');
}

/** Undefined where it is no key. */
export function keyObject({ value }: TrailPublicKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(value), format: 'der', type: 'pkcs1' });
  } catch {
    return undefined;
  }
}
