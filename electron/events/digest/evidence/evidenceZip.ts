import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { DigestReport } from '../../../../shared/model/events/digestReport';
import { AppError } from '../../../../shared/model/errors';
import { keyObject, readDigest, signedText, type ReadDigest } from '../digestFile';
import { gunzip } from '../gunzip';
import { maxDigestBytes } from '../link';
import { withoutPrefix, type TrailFiles } from '../trailFiles';
import type { DigestEvidence, EvidenceIndex } from './evidenceIndex';
import { verifyText } from './verifyText';

export interface EvidenceSource {
  readonly report: DigestReport;
  readonly index: EvidenceIndex;
  /** Where the digests are read again from. */
  readonly files: TrailFiles;
  readonly signal: AbortSignal;
}

/** The folder within the zip. */
const root = 'trail-evidence';

/**
 * The evidence of a validation as the bytes of a zip: the report, every digest as it was validated, the
 * texts that CloudTrail signed, its signatures and public keys, the signed hashes of the log files, and
 * how to check all of it with openssl and sha256sum. Digests are numbered, so that nothing that stands
 * in a bucket becomes a path or a word of a command. Throws AppError `conflict` where a digest is no
 * longer what was validated.
 */
export async function* evidenceZip(source: EvidenceSource): AsyncGenerator<Uint8Array> {
  const { report, index, files, signal } = source;
  const zip = new ZipFile();
  const sums: string[] = [];
  const rows: string[] = [];
  const logs = new Map<string, string>();
  const numbers = new Map<string, string>();
  const mtime = new Date(report.asOf);

  function lazily(path: string, make: () => Promise<Uint8Array | string>): void {
    zip.addReadStreamLazy(`${root}/${path}`, { mtime, mode: 0o100600 }, (give) => {
      make().then(
        (content) => {
          const bytes = Buffer.from(content);
          sums.push(`${hashOf(bytes)}  ${path}\n`);
          give(null, Readable.from([bytes], { objectMode: false }));
        },
        (error: unknown) => give(error, Readable.from([])),
      );
    });
  }

  for (const [at, entry] of index.digests.entries()) {
    const number = String(at + 1).padStart(6, '0');
    numbers.set(entry.key, number);
    let read: ReadDigest | undefined;
    lazily(`digests/${number}.json`, async () => {
      const content = await contentOf(entry, files, signal);
      read = readDigest(content);
      rows.push(rowOf(number, entry, read, numbers));
      if (entry.result.state === 'valid') {
        for (const log of read?.digest.logFiles ?? []) logs.set(log.s3Object, log.hashValue);
      }
      return content;
    });
    const { signature } = entry;
    if (signature === undefined) continue;
    lazily(`strings/${number}.txt`, () => Promise.resolve(read ? signedText(read) : ''));
    lazily(`signatures/${number}.sig`, () => Promise.resolve(Buffer.from(signature, 'hex')));
  }
  for (const [fingerprint, key] of index.keys) {
    // Hex, and so a name without danger: anything else can be no fingerprint of CloudTrail's.
    const pem = keyObject(key)?.export({ type: 'spki', format: 'pem' }) ?? '';
    lazily(`keys/${safeName(fingerprint)}.pem`, () => Promise.resolve(pem));
  }
  lazily('digests.tsv', () => Promise.resolve(rows.join('')));
  lazily('LOGS.SHA256SUMS', () =>
    Promise.resolve([...logs].map(([name, hash]) => sumLine(hash, uncompressed(name))).join('')),
  );
  lazily('report.json', () => Promise.resolve(`${JSON.stringify(report, null, 2)}\n`));
  lazily('VERIFY.md', () => Promise.resolve(verifyText(report)));
  lazily('SHA256SUMS', () => Promise.resolve(sums.join('')));
  zip.end();
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => out.destroy(error));
  yield* out as AsyncIterable<Uint8Array>;
}

async function contentOf(
  { key, hash }: DigestEvidence,
  files: TrailFiles,
  signal: AbortSignal,
): Promise<Buffer> {
  if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
  const file = await files.open(key, signal);
  const content = file && gunzip(file.bytes, maxDigestBytes);
  if (!content || hashOf(content) !== hash) {
    throw new AppError(
      'conflict',
      `${key} is no longer what was validated. Validate again, then export the evidence.`,
    );
  }
  return content;
}

/** Number, what became of it, its key, the number of the digest before it, its place. */
function rowOf(
  number: string,
  { result, fingerprint, signature, key }: DigestEvidence,
  read: ReadDigest | undefined,
  numbers: ReadonlyMap<string, string>,
): string {
  const previous = withoutPrefix(read?.digest.previousDigestS3Object ?? '') ?? '';
  const forged = result.state === 'invalid' && signature !== undefined;
  const cells = [
    number,
    forged ? 'forged' : result.state,
    fingerprint === undefined ? '-' : safeName(fingerprint),
    numbers.get(previous) ?? '-',
    key.replaceAll(/[\p{Cc}]/gu, '?'),
  ];
  return `${cells.join('\t')}\n`;
}

function safeName(fingerprint: string): string {
  return fingerprint.replaceAll(/[^0-9A-Za-z]/g, '_').slice(0, 64);
}

function uncompressed(name: string): string {
  return name.replace(/\.gz$/, '');
}

/** A line as sha256sum reads it; names with a backslash or a line break are escaped as it does it. */
function sumLine(hash: string, name: string): string {
  if (!/[\\\n\r]/.test(name)) return `${hash}  ${name}\n`;
  const escaped = name
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);
  return `\\${hash}  ${escaped}\n`;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
