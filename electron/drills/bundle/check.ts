import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BundleReport } from '../../../shared/model/drills/bundleReport';
import { AppError } from '../../../shared/model/errors';
import { mostBytes, readFolder, readZip, tooLarge } from './read';
import { sumsFile, type Files } from './sums';
import { verifyBundle } from './verify';
import { zipOf } from './write';

/** How far a check is: bytes gone through, of those of all its passes. */
export interface CheckProgress {
  readonly done: number;
  readonly expected: number;
}

/**
 * Checks a bundle where it lies: its zip, or the folder into which it was unpacked. Throws AppError for
 * what is no bundle at all. Hashing keeps its thread busy: main has it done by `checkInThread`.
 */
export async function checkBundle(
  path: string,
  progress: (value: CheckProgress) => void = () => {},
): Promise<BundleReport> {
  const info = await stat(path).catch(() => undefined);
  if (!info) throw new AppError('not-found', `There is no file ${path}.`);
  if (info.isDirectory()) return verifyBundle(withoutTop(await readFolder(path)));
  if (!info.isFile()) {
    throw new AppError('bad-request', `${path} is neither a file nor a folder.`);
  }
  // A zip has a header and a name for each file besides: more than this no bundle has.
  if (info.size > mostBytes) throw tooLarge();
  const zip = await readFile(path);
  // Its files are read, hashed, and packed again to be compared.
  const passes = 3;
  let done = 0;
  const count = (bytes: number) => {
    done += bytes;
    progress({ done, expected: zip.length * passes });
  };
  const files = withoutTop(await readZip(zip, count));
  const report = verifyBundle(files, count);
  if (report.closedAt === undefined || (await isAsPacked(zip, files, report.closedAt, count))) {
    return report;
  }
  return { ...report, ok: false, problems: [...report.problems, { file: basename(path), why }] };
}

const why =
  'The zip is not as Claviger packs it: it was packed anew, or something in it outside the files was changed. Unpack it with a program that you trust, and check the folder with “claviger drill verify FOLDER”.';

/**
 * Whether a zip is, byte for byte, what its files are packed to. Nothing else would do: a zip names each
 * file twice and has room for comments and extra fields, so that programs can see different files in it.
 */
export async function isAsPacked(
  zip: Buffer,
  files: Files,
  closedAt: string,
  onCompared: (bytes: number) => void = () => {},
): Promise<boolean> {
  let at = 0;
  for await (const piece of zipOf(files, closedAt)) {
    if (!zip.subarray(at, at + piece.length).equals(piece)) return false;
    at += piece.length;
    onCompared(piece.length);
  }
  return at === zip.length;
}

/** A bundle may have been unpacked, or packed again, with a folder around it. */
function withoutTop(files: Files): Files {
  if (files.has(sumsFile)) return files;
  const tops = new Set([...files.keys()].map((name) => name.split('/')[0] ?? ''));
  const [top = ''] = tops;
  if (tops.size !== 1 || !files.has(`${top}/${sumsFile}`)) return files;
  return new Map([...files].map(([name, bytes]) => [name.slice(top.length + 1), bytes]));
}
