import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { TrailPublicKey } from '../../../electron/events/digest/digestFile';
import type { TrailFiles, TimeRange } from '../../../electron/events/digest/trailFiles';
import { validateTrail } from '../../../electron/events/digest/validate';
import type { DigestReport } from '../../../shared/model/events/digestReport';

export const hourMs = 3_600_000;
export const firstHour = Date.UTC(2026, 10, 24);

const folder = (kind: string, at: number) =>
  `AWSLogs/111122223333/${kind}/eu-central-1/${iso(at).slice(0, 10).replaceAll('-', '/')}`;
const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const compact = (ms: number) => iso(ms).replaceAll(/[-:]/g, '');

/** An RSA key as CloudTrail signs with, and what ListPublicKeys gives of it. */
export function signingKey(): { sign: (text: string) => string; public: TrailPublicKey } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const value = publicKey.export({ type: 'pkcs1', format: 'der' });
  return {
    sign: (text) => sign('sha256', Buffer.from(text), privateKey).toString('hex'),
    public: { fingerprint: createHash('md5').update(value).digest('hex'), value },
  };
}

interface Written {
  readonly key: string;
  readonly hash: string;
  readonly signature: string;
}

/**
 * A bucket in memory whose digests are signed as CloudTrail's user guide has it, with a key of the
 * test's own: so a test can sign what the practice account never would.
 */
export function signedTrail(bucket = 'audit-logs') {
  const signer = signingKey();
  const objects = new Map<string, { body: Buffer; metadata: Record<string, string> }>();
  const logs: string[] = [];
  const digests: string[] = [];
  let previous: Written | undefined;

  /** Writes a log file and the digest that covers its hour. */
  function hour(
    n: number,
    options: {
      /** Begins a chain anew. */
      restart?: boolean;
      backfill?: { generatedAt: number };
      key?: ReturnType<typeof signingKey>;
      previousBucket?: string;
    } = {},
  ): Written {
    const start = firstHour + n * hourMs;
    const end = start + hourMs;
    const { backfill, restart = false, key: by = signer } = options;
    const log = JSON.stringify({ Records: [{ eventID: `hour ${n}`, eventTime: iso(start) }] });
    const logKey = `${folder('CloudTrail', start)}/111122223333_CloudTrail_eu-central-1_${compact(start).slice(0, 13)}Z_${`late${n}`.repeat(4).slice(0, 15)}${backfill ? 'b' : 'a'}.json.gz`;
    objects.set(logKey, { body: gzipSync(log), metadata: {} });
    logs.push(logKey);
    const before = restart || backfill ? undefined : previous;
    const key = `${folder('CloudTrail-Digest', end)}/111122223333_CloudTrail-Digest_eu-central-1_audit_eu-central-1_${compact(end)}${backfill ? '_backfill' : ''}.json.gz`;
    const body = JSON.stringify({
      awsAccountId: '111122223333',
      digestStartTime: iso(start),
      digestEndTime: iso(end),
      digestS3Bucket: bucket,
      digestS3Object: key,
      digestPublicKeyFingerprint: by.public.fingerprint,
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: iso(start),
      oldestEventTime: iso(start),
      previousDigestS3Bucket: before ? (options.previousBucket ?? bucket) : null,
      previousDigestS3Object: before?.key ?? null,
      previousDigestHashValue: before?.hash ?? null,
      previousDigestHashAlgorithm: before ? 'SHA-256' : null,
      previousDigestSignature: before?.signature ?? null,
      logFiles: [
        {
          s3Bucket: bucket,
          s3Object: logKey,
          hashValue: createHash('sha256').update(log).digest('hex'),
          hashAlgorithm: 'SHA-256',
          newestEventTime: iso(start),
          oldestEventTime: iso(start),
        },
      ],
    });
    const hash = createHash('sha256').update(body).digest('hex');
    const signature = by.sign(
      [iso(end), `${bucket}/${key}`, hash, before?.signature ?? 'null'].join('\n'),
    );
    objects.set(key, {
      body: gzipSync(body),
      metadata: {
        signature,
        'signature-algorithm': 'SHA256withRSA',
        ...(backfill && { 'backfill-generation-timestamp': iso(backfill.generatedAt) }),
      },
    });
    digests.push(key);
    const written = { key, hash, signature };
    if (!backfill) previous = written;
    return written;
  }

  const files: TrailFiles = {
    where: `s3://${bucket}/`,
    bucket,
    async *list() {
      yield* objects.keys();
    },
    open(key) {
      const object = objects.get(key);
      return Promise.resolve(object && { bytes: object.body, metadata: object.metadata });
    },
  };

  return {
    objects,
    logs,
    digests,
    files,
    signer,
    hour,
    /** Validates as of the end of an hour. */
    validate(
      now: number,
      range: TimeRange = {},
      publicKeys: (range: TimeRange) => TrailPublicKey[] = () => [signer.public],
    ): Promise<DigestReport> {
      return validateTrail({
        files,
        range,
        publicKeys: (_region, asked) => Promise.resolve(publicKeys(asked)),
        now: () => new Date(firstHour + now * hourMs),
        signal: new AbortController().signal,
      });
    },
  };
}

/** `missing digest KEY`. */
export const faultsOf = (report: DigestReport) =>
  report.faults.map(({ kind, file, object }) => `${kind} ${file} ${object}`);
