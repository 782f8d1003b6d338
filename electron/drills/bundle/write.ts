import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Drill } from '../../../shared/model/drills/drill';
import { addendumSchema, type Addendum } from '../../../shared/model/drills/entry';
import { canonicalJson } from '../../canonicalJson';
import { sha256 } from '../digests';
import type { DrillStore } from '../drillStore';
import { keyFile, recordOf, recordText, shortName } from './record';
import { sumsFile, sumsOf, type Files } from './sums';
import { verifyText } from './verifyText';

/** What lies under these names in the store goes into the bundle as it is. */
const collected = /^(evidence|cloudtrail)\//;

/**
 * Makes every file that the signatures are over, and keeps them: what is closed is never made again.
 * Gives the SHA-256 of SHA256SUMS.
 */
export function freeze(
  store: DrillStore,
  drill: Drill,
  closedAt: string,
  report: Uint8Array | undefined,
): string {
  const { lines, head } = store.timeline(drill.id);
  const record = recordOf(drill, closedAt, { entries: lines.length, head });
  const files = new Map<string, Uint8Array>([
    ['record.json', Buffer.from(recordText(record))],
    ['timeline.jsonl', Buffer.from(lines.map((line) => `${line}\n`).join(''))],
    ['VERIFY.md', Buffer.from(verifyText(record))],
    ...drill.participants.map((one): [string, Uint8Array] => [
      keyFile(drill, one),
      Buffer.from(one.publicKey),
    ]),
    ...(report ? [['report.pdf', report] as [string, Uint8Array]] : []),
  ]);
  const all = new Map(files);
  for (const name of store.fileNames(drill.id)) {
    const bytes = collected.test(name) ? store.file(drill.id, name) : undefined;
    if (bytes) all.set(name, bytes);
  }
  const sums = Buffer.from(sumsOf(all));
  files.set(sumsFile, sums);
  for (const [name, bytes] of files) store.putFile(drill.id, name, bytes);
  return sha256(sums);
}

/** The text of an addendum's file. */
export function addendumText(addendum: Addendum): string {
  return canonicalJson(addendumSchema.parse(addendum));
}

/** Every file of a closed drill's bundle, with the signatures and addenda that there are. */
export function bundleFiles(store: DrillStore, drill: Drill): Files {
  const files = new Map<string, Uint8Array>();
  for (const name of store.fileNames(drill.id)) {
    const bytes = store.file(drill.id, name);
    if (bytes) files.set(name, bytes);
  }
  for (const { person, signature } of drill.signatures) {
    const name = `signatures/${shortName(drill.participants, person)}.sig`;
    files.set(name, Buffer.from(signature, 'base64'));
  }
  for (const { signature, ...addendum } of drill.addenda) {
    const name = `addenda/${String(addendum.number).padStart(3, '0')}`;
    files.set(`${name}.json`, Buffer.from(addendumText(addendum)));
    files.set(`${name}.sig`, Buffer.from(signature, 'base64'));
  }
  return files;
}

/**
 * The bundle as a zip, piece by piece, so that the program stays awake. The same files give the same
 * bytes on every machine: that is how a zip is checked (`checkBundle`).
 */
export async function* zipOf(files: Files, closedAt: string): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const options = {
    mtime: dayOf(closedAt),
    mode: 0o100600,
    compress: false,
    forceDosTimestamp: true,
  };
  for (const [name, bytes] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    zip.addReadStreamLazy(name, options, (give) => {
      give(null, Readable.from(pieces(bytes), { objectMode: false }));
    });
  }
  zip.end();
  const out = zip.outputStream as Readable;
  zip.on('error', (error: Error) => out.destroy(error));
  yield* out as AsyncIterable<Uint8Array>;
}

/** Zips keep local time without its zone: noon of the day of the closing is the same everywhere. */
function dayOf(closedAt: string): Date {
  const at = new Date(closedAt);
  return new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), 12);
}

const pieceBytes = 1024 * 1024;

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    yield bytes.subarray(from, from + pieceBytes);
  }
}
