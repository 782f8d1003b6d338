import { open, opendir, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import { withoutPrefix, type TrailFiles } from './trailFiles';

/** CloudTrail's files have some megabytes, packed. */
const maxBytes = 256 * 1024 * 1024;

/**
 * The files of a folder that is, holds or lies in a copy of a trail's bucket, as `aws s3 sync` makes it.
 * A copy has lost the objects' metadata, and with it the newest digest's signature: beside a digest
 * may lie `NAME.head.json`, what `aws s3api head-object` says of it. Links are not followed.
 */
export function folderFiles(path: string): TrailFiles {
  const root = resolve(path);
  const paths = new Map<string, string>();

  async function* walk(folder: string, signal: AbortSignal): AsyncGenerator<string> {
    const entries = await opendir(folder).catch((error: unknown) => {
      throw unreadable(folder, error);
    });
    for await (const entry of entries) {
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      const file = join(folder, entry.name);
      if (entry.isDirectory()) yield* walk(file, signal);
      else if (entry.isFile() && entry.name.endsWith('.json.gz')) {
        const key = withoutPrefix(file.split(sep).join('/'));
        if (key === undefined) continue;
        const other = paths.get(key);
        if (other !== undefined && other !== file) {
          throw new AppError(
            'bad-request',
            `${root} holds more than one copy of ${key}. Name the folder of one trail.`,
          );
        }
        paths.set(key, file);
        yield key;
      }
    }
  }

  return {
    where: root,
    list: (_range, signal) => walk(root, signal),
    async open(key, signal) {
      // Listed by another thread, as a validation does: where the files lie is not known here yet.
      if (paths.size === 0) for await (const _ of walk(root, signal));
      const file = paths.get(key);
      if (file === undefined) return undefined;
      // Opened before it is read, so that a file that is gone or closed to us is told as that.
      const handle = await open(file).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw unreadable(file, error);
      });
      if (!handle) return undefined;
      try {
        const { mtime, size } = await handle.stat();
        if (size > maxBytes) {
          throw new AppError('file-failed', `${file} is larger than any file of a trail.`);
        }
        return {
          writtenAt: mtime.toISOString(),
          bytes: await handle.readFile(),
          metadata: key.includes('/CloudTrail-Digest/') ? await metadataBeside(file) : {},
        };
      } catch (error) {
        throw error instanceof AppError ? error : unreadable(file, error);
      } finally {
        await handle.close();
      }
    },
  };
}

const headSchema = z.object({ Metadata: z.record(z.string(), z.string()) });

async function metadataBeside(file: string): Promise<Readonly<Record<string, string>>> {
  const path = `${file}.head.json`;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return {};
  }
  try {
    return headSchema.parse(JSON.parse(text)).Metadata;
  } catch {
    throw new AppError(
      'file-failed',
      `${path} is not what "aws s3api head-object" prints. Write it anew, or take it away.`,
    );
  }
}

function unreadable(path: string, error: unknown): AppError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  const message =
    code === 'ENOENT'
      ? `There is no ${path}.`
      : code === 'ENOTDIR'
        ? `${path} is no folder. Name the folder that holds AWSLogs.`
        : `${path} cannot be read (${code}).`;
  return new AppError('file-failed', message);
}
