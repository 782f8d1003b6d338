import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileError, syncFolder } from '../../files/atomicWrite';
import { AppError } from '../../../shared/model/errors';
import type { Out } from './types';

/** A file that is being written; under its own name only once it is whole. */
export interface Part {
  write(bytes: Uint8Array): Promise<void>;
  /** To the disk, then under its name. Throws AppError `conflict` where that is taken. */
  commit(): Promise<void>;
  /** Leaves nothing behind; does nothing after a commit. */
  abandon(): Promise<void>;
}

/**
 * Opens a new file beside the one that it shall become, mode 0600. Throws AppError `conflict` at once
 * where a file lies there that is not to be replaced, else `disk-full` or `file-failed`.
 */
export async function openPart(out: Out): Promise<Part> {
  if (!out.replace) await refuseTaken(out.path);
  const path = partName(out);
  const onDisk = <T>(work: Promise<T>) => work.catch((error: unknown) => fail(out.path, error));
  const file = await onDisk(open(path, 'wx', 0o600));
  let state: 'open' | 'closed' | 'committed' = 'open';

  async function close() {
    if (state !== 'open') return;
    state = 'closed';
    await file.close();
  }

  return {
    write: (bytes) => onDisk(writeAll(file, bytes)),
    async commit() {
      await onDisk(file.sync());
      await close();
      if (out.replace) await onDisk(rename(path, out.path));
      else await place(path, out.path);
      state = 'committed';
      await syncFolder(dirname(out.path));
    },
    async abandon() {
      await close().catch(() => {});
      if (state !== 'committed') await rm(path, { force: true }).catch(() => {});
    },
  };
}

/** The name of an unfinished file or folder: it ends with the tag of the process that writes it. */
export function partName({ path, tag }: Out): string {
  return join(dirname(path), `.${randomBytes(4).toString('hex')}.${tag}.part`);
}

/** Throws AppError `conflict` where something lies there. */
export async function refuseTaken(path: string): Promise<void> {
  const { lstat } = await import('node:fs/promises');
  if (await lstat(path).catch(() => undefined)) throw taken(path);
}

function taken(path: string): AppError {
  return new AppError(
    'conflict',
    `${basename(path)} is there already. Pick another place or name, or say that it may be replaced.`,
    { file: basename(path) },
  );
}

/** A link fails where the name is taken, a rename would replace; some file systems have no links. */
async function place(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') throw taken(path);
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code)) {
      fail(path, error);
    }
    await refuseTaken(path);
    await rename(part, path).catch((error: unknown) => fail(path, error));
    return;
  }
  await rm(part, { force: true });
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}

function fail(path: string, error: unknown): never {
  throw error instanceof AppError ? error : fileError(path, error);
}
