import { open, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import type { Hands } from './types';

/** A file that is read from its beginning to its end. */
export interface OpenedFile {
  readonly bytes: number;
  /** In pieces of 1 MiB; each is new memory. Throws AppError `conflict` where it changes meanwhile. */
  read(hands: Pick<Hands, 'signal' | 'progress' | 'gate'>): AsyncGenerator<Buffer>;
  /** Device and number of the file: two files of one name are told apart. */
  readonly identity: FileIdentity;
  close(): Promise<void>;
}

export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}

const pieceBytes = 1024 * 1024;

/** Opens a plain file; throws AppError `file-failed` or `bad-request` (a folder, a device). */
export async function openFile(path: string): Promise<OpenedFile> {
  const file = await onDisk(path, open(path, 'r'));
  try {
    const before = await identityOf(file);
    return {
      bytes: before.size,
      identity: before,
      close: () => file.close(),
      read: (hands) => read(path, file, before, hands),
    };
  } catch (error) {
    await file.close();
    throw error;
  }

  async function identityOf(opened: FileHandle): Promise<FileIdentity> {
    const stats = await onDisk(path, opened.stat());
    if (!stats.isFile()) throw new AppError('bad-request', `${basename(path)} is no plain file.`);
    const { dev, ino, size, mtimeMs } = stats;
    return { dev, ino, size, mtimeMs };
  }

  async function* read(
    name: string,
    opened: FileHandle,
    before: FileIdentity,
    { signal, progress, gate }: Pick<Hands, 'signal' | 'progress' | 'gate'>,
  ): AsyncGenerator<Buffer> {
    for (let at = 0; ;) {
      await gate();
      if (signal.aborted) throw cancelled();
      const buffer = Buffer.allocUnsafeSlow(Math.min(pieceBytes, Math.max(1, before.size - at)));
      const { bytesRead } = await onDisk(name, opened.read(buffer, 0, buffer.length, at));
      if (bytesRead === 0) break;
      at += bytesRead;
      progress(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
    const after = await identityOf(opened);
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new AppError(
        'conflict',
        `${basename(name)} was changed while it was read. Try again when nothing writes to it.`,
      );
    }
  }
}

export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}

/** The failure of reading as AppError `file-failed`, with the system's reason in words. */
export function readError(path: string, error: unknown): AppError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return new AppError(
    'file-failed',
    `${basename(path)} could not be read: ${reasons[code] ?? `the system refused (${code || 'unknown'})`}.`,
    { file: basename(path), systemCode: code },
    { cause: error },
  );
}

async function onDisk<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof AppError ? error : readError(path, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ENOENT: 'it is not there any more',
  EISDIR: 'it is a folder',
  EIO: 'the disk fails',
  ELOOP: 'its links lead in a circle',
};
