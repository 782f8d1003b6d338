import { randomBytes } from 'node:crypto';
import * as nodeFiles from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/model/errors';

/** What of `node:fs/promises` is used. */
export type WriteFiles = Pick<typeof nodeFiles, 'open' | 'rename' | 'rm'>;

/**
 * Writes a whole file (texts as UTF-8, bytes as they are) or nothing: into a new file beside it, to the disk, then renamed
 * over the old one. Mode 0600. When it fails the old file is as it was and no part of the new one
 * is left. Throws AppError `disk-full` or `file-failed`; what `content` throws passes through.
 */
export async function writeFileAtomically(
  path: string,
  content: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  files: WriteFiles = nodeFiles,
): Promise<void> {
  const folder = dirname(path);
  const part = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  const fromDisk = <T>(work: Promise<T>) =>
    work.catch((error: unknown) => {
      throw fileError(path, error);
    });

  // `wx`: a file or link that someone laid there first is not written through.
  const file = await fromDisk(files.open(part, 'wx', 0o600));
  try {
    try {
      for await (const piece of content) await fromDisk(file.appendFile(piece, 'utf8'));
      await fromDisk(file.sync());
    } finally {
      await file.close();
    }
    await fromDisk(files.rename(part, path));
  } catch (error) {
    await files.rm(part, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(folder, files);
}

/** Makes the rename itself durable; not every system can sync a folder, and the file is whole anyway. */
export async function syncFolder(
  folder: string,
  files: Pick<WriteFiles, 'open'> = nodeFiles,
): Promise<void> {
  const handle = await files.open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** What the system says of writing a file, as AppError `disk-full` or `file-failed`. */
export function fileError(path: string, error: unknown): AppError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const file = basename(path);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError(
      'disk-full',
      `There is no space left to write ${file}. Make room or pick another disk, then try again.`,
      { file },
      { cause: error },
    );
  }
  return new AppError(
    'file-failed',
    `${file} could not be written: ${reasons[code] ?? 'the system refused'}. Pick another folder or name, then try again.`,
    { file, systemCode: code },
    { cause: error },
  );
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
  ENOENT: 'the folder does not exist',
  ENOTDIR: 'the folder does not exist',
  EISDIR: 'a folder of that name is in the way',
  ENAMETOOLONG: 'the name is too long',
  EFBIG: 'it is too large for the disk',
};
