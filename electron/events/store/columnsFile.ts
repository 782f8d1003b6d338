import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { writeFileAtomically } from '../../files/atomicWrite';
import { numberColumns, wordColumns } from '../table/columns';
import type { TableImage } from '../table/image';
import { fromBytes, type Numbers } from '../table/vector';

/** Layout of the file; one of another, or of other columns, is not read. */
const format = ['claviger events 1', ...wordColumns, ...numberColumns].join(' ');
/** Parts of the file begin at a multiple of so many bytes. */
const alignment = 8;

/** What stands first in the file, as JSON, after its own length. */
interface Head {
  readonly format: string;
  /** What the database calls the events that are in it. */
  readonly key: string;
  readonly numbers: readonly (readonly [name: string, width: number, length: number])[];
  /** Bytes of all values, as JSON after the numbers; after them the sum of all. */
  readonly texts: number;
}

/**
 * `events.columns` beside `events.db`: the events as they stand in memory, with what is made of them, so
 * that a million are there at one reading. It says nothing that the database does not: its key is
 * written into the database after it, and whoever finds another key there, another layout, or other
 * bytes than were written, leaves it and reads the parts.
 */
export interface ColumnsFile {
  /** What was written under that key; undefined where there is none, or it is not whole. */
  read(key: string): TableImage | undefined;
  /** Throws AppError `disk-full` or `file-failed`; the file is then what it was. */
  write(key: string, image: TableImage): Promise<void>;
  remove(): void;
  /** In bytes; 0 where there is none. */
  size(): number;
}

export function columnsFile(database: string): ColumnsFile {
  const path = `${database.replace(/\.db$/, '')}.columns`;
  return {
    read(key) {
      try {
        return readIfKey(path, key);
      } catch {
        // There is none, it is cut off, or the disk fails: the database has all that it has.
        return undefined;
      }
    },
    write(key, image) {
      removeUnfinished(path);
      return writeFileAtomically(path, pieces(key, image));
    },
    remove() {
      rmSync(path, { force: true });
      removeUnfinished(path);
    },
    size: () => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
  };
}

/**
 * What a process that was ended in the middle left. One that writes now fails with it, and the database
 * knows nothing of its file: it is made anew.
 */
function removeUnfinished(path: string): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`.${basename(path)}.`)) continue;
    rmSync(join(folder, name), { force: true });
  }
}

/** The head's length takes four bytes; the body begins at the next multiple after the head. */
function bodyAt(headLength: number): number {
  return aligned(4 + headLength);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

function readIfKey(path: string, key: string): TableImage | undefined {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const length = readAt(file, 0, 4).readUInt32LE();
    if (length > size) return undefined;
    const head = JSON.parse(String(readAt(file, 4, length))) as Head;
    if (head.format !== format || head.key !== key) return undefined;
    const body = readAt(file, bodyAt(length), bodyLengthOf(head));
    return isWhole(body) ? imageOf(head, body) : undefined;
  } finally {
    closeSync(file);
  }
}

function readAt(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.from(new ArrayBuffer(length));
  for (let read = 0; read < length;) {
    const some = readSync(file, bytes, read, length - read, from + read);
    if (some === 0) throw new Error('The file ends too soon.');
    read += some;
  }
  return bytes;
}

function bodyLengthOf({ numbers, texts }: Head): number {
  const before = numbers.reduce((sum, [, width, length]) => sum + aligned(width * length), 0);
  return before + aligned(texts) + sumLength;
}

function imageOf(head: Head, body: Buffer): TableImage {
  const numbers: Record<string, Numbers> = {};
  let at = 0;
  for (const [name, width, length] of head.numbers) {
    // Plain arrays: loops over them are slower where some are Buffers.
    const bytes = new Uint8Array(body.buffer, body.byteOffset + at, width * length);
    numbers[name] = fromBytes(bytes, width);
    at += aligned(width * length);
  }
  const texts = Buffer.from(body.buffer, body.byteOffset + at, head.texts).toString('utf8');
  return { numbers, texts: JSON.parse(texts) as TableImage['texts'] };
}

/** One column after the other: together they would be in memory twice. */
function* pieces(key: string, { numbers, texts }: TableImage): Generator<Uint8Array> {
  const text = Buffer.from(JSON.stringify(texts));
  const head: Head = {
    format,
    key,
    numbers: Object.entries(numbers).map(([name, each]) => [
      name,
      each.BYTES_PER_ELEMENT,
      each.length,
    ]),
    texts: text.length,
  };
  const headBytes = Buffer.from(JSON.stringify(head));
  const first = Buffer.alloc(bodyAt(headBytes.length));
  first.writeUInt32LE(headBytes.length);
  first.set(headBytes, 4);
  yield first;
  let sum = 0;
  for (const part of [...Object.values(numbers), text]) {
    const piece = padded(part);
    sum = crc32(piece, sum);
    yield piece;
  }
  yield sumBytes(sum);
}

function padded({ buffer, byteOffset, byteLength }: Uint8Array | Numbers): Uint8Array {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const length = aligned(byteLength);
  if (length === byteLength) return bytes;
  const copy = new Uint8Array(length);
  copy.set(bytes);
  return copy;
}

const sumLength = 8;

/** Against a failing disk, not against malice: who may write this file may write the database too. */
function sumBytes(sum: number): Buffer {
  return Buffer.from(sum.toString(16).padStart(sumLength, '0'));
}

function isWhole(body: Buffer): boolean {
  return sumBytes(crc32(body.subarray(0, -sumLength))).equals(body.subarray(-sumLength));
}
