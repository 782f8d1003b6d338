import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { AppError } from '../../../shared/model/errors';
import type { ReadinessReport } from '../../../shared/model/readiness/report/report';
import { hashed } from '../../files/hashed';
import type { DocumentStore } from '../store/documents';
import type { PeopleStore } from '../store/people';
import { encoded, type Content } from './encoded';
import { packText } from './packText';

/** The folder within the zip. */
const root = 'readiness-pack';

export interface PackParts {
  readonly report: ReadinessReport;
  /** The report in its formats, by file name. */
  readonly reports: Readonly<Record<string, () => Content>>;
  readonly documents: Pick<DocumentStore, 'text'>;
  readonly people: Pick<PeopleStore, 'attachment'>;
  readonly signal: AbortSignal;
}

/**
 * What an auditor gets, as the bytes of a zip: the report in its formats, every evidence document that
 * it names (the file's name is its SHA-256), the files of attestations, how to check all of it, and
 * SHA256SUMS over every other file. Throws AppError `conflict` where evidence has changed meanwhile,
 * `store-corrupt` where an attached file is not the one that was hashed, and `cancelled`.
 */
export async function* packZip(parts: PackParts): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const mtime = new Date(parts.report.writtenAt);
  const sums: string[] = [];
  const files = { ...contents(parts), SHA256SUMS: () => [sums.join('')] };
  for (const [path, content] of Object.entries(files)) {
    zip.addReadStreamLazy(`${root}/${path}`, { mtime, mode: 0o100600 }, (give) => {
      const { content: bytes, sha256 } = hashed(encoded(content(), parts.signal));
      const stream = Readable.from(bytes, { objectMode: false });
      stream.once('end', () => sums.push(`${sha256()}  ${path}\n`));
      stream.once('error', (error: Error) => zip.emit('error', error));
      give(null, stream);
    });
  }
  zip.end();
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => out.destroy(error));
  yield* out as AsyncIterable<Uint8Array>;
}

function contents({
  report,
  reports,
  documents,
  people,
}: PackParts): Record<string, () => Content> {
  const files: Record<string, () => Content> = {
    'README.md': () => [packText(report)],
    ...reports,
  };
  for (const { evidence, sha256 } of report.checks.flatMap(({ items }) => items)) {
    for (const [at, hash] of sha256.entries()) {
      const id = evidence[at] ?? '';
      files[`evidence/${hash}.json`] ??= () => [evidenceText(documents, id, hash)];
    }
  }
  for (const { id, attachment } of report.checks.flatMap(({ attestations }) => attestations)) {
    if (!attachment) continue;
    files[`attachments/${id}/${safeName(attachment.name)}`] = () => [people.attachment(id).bytes];
  }
  return files;
}

function evidenceText(documents: PackParts['documents'], id: string, hash: string): string {
  const text = documents.text(id);
  if (text === undefined || createHash('sha256').update(text, 'utf8').digest('hex') !== hash) {
    throw new AppError('conflict', 'The evidence has changed meanwhile. Export the pack again.');
  }
  return text;
}

/** A name that leads nowhere outside and that sha256sum needs no escapes for. */
function safeName(name: string): string {
  const safe = name.replaceAll(/[^\w.@+ -]/g, '_').replace(/^\.+/, '_');
  return safe === '' ? 'file' : safe;
}
