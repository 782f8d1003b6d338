import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BundleReport } from '../../../shared/model/drills/bundleReport';
import { AppError } from '../../../shared/model/errors';
import { readFolder, readZip } from './read';
import { sumsFile, type Files } from './sums';
import { verifyBundle } from './verify';
import { zipOf } from './write';

/**
 * Checks a bundle where it lies: its zip, or the folder into which it was unpacked. Throws AppError for
 * what is no bundle at all.
 */
export async function checkBundle(path: string): Promise<BundleReport> {
  const info = await stat(path).catch(() => undefined);
  if (!info) throw new AppError('not-found', `There is no file ${path}.`);
  if (info.isDirectory()) return verifyBundle(withoutTop(await readFolder(path)));
  const zip = await readFile(path);
  const files = withoutTop(await readZip(zip));
  const report = verifyBundle(files);
  if (report.closedAt === undefined || (await isAsPacked(zip, files, report.closedAt))) {
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
export async function isAsPacked(zip: Buffer, files: Files, closedAt: string): Promise<boolean> {
  let at = 0;
  for await (const piece of zipOf(files, closedAt)) {
    if (!zip.subarray(at, at + piece.length).equals(piece)) return false;
    at += piece.length;
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
