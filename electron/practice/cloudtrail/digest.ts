import { createHash } from 'node:crypto';
import { isoSeconds } from './event';
import type { SigningKey } from './signingKeys';

/** A log file as a digest names it. */
export interface DigestedFile {
  readonly s3Bucket: string;
  readonly s3Object: string;
  /** Of the uncompressed file. */
  readonly hashValue: string;
  readonly hashAlgorithm: 'SHA-256';
  readonly newestEventTime: string;
  readonly oldestEventTime: string;
}

/** What the next digest says of this one. */
export interface DigestLink {
  readonly bucket: string;
  readonly key: string;
  readonly hash: string;
  readonly signature: string;
}

export interface DigestContent {
  readonly accountId: string;
  readonly start: number;
  readonly end: number;
  readonly bucket: string;
  readonly key: string;
  readonly files: readonly DigestedFile[];
  /** Absent: this digest starts a chain. */
  readonly previous: DigestLink | undefined;
  readonly signer: SigningKey;
}

/**
 * A digest file and its link in the chain, signed as AWS does (user guide, "CloudTrail digest file
 * structure" and "Custom implementations of log file validation").
 */
export function digestFile(content: DigestContent): { body: string; link: DigestLink } {
  const { bucket, key, files, previous, signer } = content;
  const end = isoSeconds(content.end);
  const body = JSON.stringify({
    awsAccountId: content.accountId,
    digestStartTime: isoSeconds(content.start),
    digestEndTime: end,
    digestS3Bucket: bucket,
    digestS3Object: key,
    digestPublicKeyFingerprint: signer.fingerprint,
    digestSignatureAlgorithm: 'SHA256withRSA',
    newestEventTime:
      files
        .map(({ newestEventTime }) => newestEventTime)
        .sort()
        .at(-1) ?? null,
    oldestEventTime: files.map(({ oldestEventTime }) => oldestEventTime).sort()[0] ?? null,
    previousDigestS3Bucket: previous?.bucket ?? null,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous?.hash ?? null,
    previousDigestHashAlgorithm: previous ? 'SHA-256' : null,
    previousDigestSignature: previous?.signature ?? null,
    logFiles: files,
  });
  const hash = createHash('sha256').update(body).digest('hex');
  const text = [end, `${bucket}/${key}`, hash, previous?.signature ?? 'null'].join('\n');
  return { body, link: { bucket, key, hash, signature: signer.sign(text) } };
}
