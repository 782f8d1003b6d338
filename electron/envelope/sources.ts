import { randomUUID } from 'node:crypto';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { EnvelopeFormat } from '../../shared/model/envelope/formats';
import type { Source } from '../../shared/model/envelope/jobs';
import { AppError } from '../../shared/model/errors';
import { looksLikeMessage } from './esdk/looksLike';
import { readError } from './work/readFile';

/** Files and folders that the operator gave, by ids: a page names no path. */
export interface Sources {
  /** Looks at each; what cannot be read is told. */
  add(paths: readonly string[]): Promise<{
    sources: Source[];
    problems: { name: string; message: string }[];
  }>;
  /** Throws AppError `not-found`. */
  get(id: string): Source;
}

export function openSources(): Sources {
  const byId = new Map<string, Source>();
  return {
    async add(paths) {
      const sources: Source[] = [];
      const problems: { name: string; message: string }[] = [];
      for (const path of paths) {
        try {
          const source = await look(resolve(path));
          byId.set(source.id, source);
          sources.push(source);
        } catch (error) {
          const known = error instanceof AppError ? error : readError(path, error);
          problems.push({ name: basename(path), message: known.message });
        }
      }
      return { sources, problems };
    },
    get(id) {
      const source = byId.get(id);
      if (source) return source;
      throw new AppError('not-found', 'This file is not known any more. Add it again.');
    },
  };
}

async function look(path: string): Promise<Source> {
  const stats = await stat(path);
  const common = { id: randomUUID(), name: basename(path), path };
  if (stats.isDirectory()) return { ...common, kind: 'folder', ...(await sizeOf(path)) };
  if (!stats.isFile()) {
    throw new AppError('bad-request', `${basename(path)} is neither a file nor a folder.`);
  }
  const envelope = await formatOf(path);
  return { ...common, kind: 'file', bytes: stats.size, files: 1, ...(envelope && { envelope }) };
}

/** Bytes and files of a folder; links are not followed. */
async function sizeOf(folder: string): Promise<{ bytes: number; files: number }> {
  let bytes = 0;
  let files = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const inner = await sizeOf(path);
      bytes += inner.bytes;
      files += inner.files;
    } else if (entry.isFile()) {
      bytes += (await lstat(path)).size;
      files += 1;
    }
  }
  return { bytes, files };
}

/** Plain files of a folder, in the order of their paths. */
export async function filesOf(folder: string): Promise<{ path: string; bytes: number }[]> {
  const found: { path: string; bytes: number }[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesOf(path)));
    else if (entry.isFile()) found.push({ path, bytes: (await lstat(path)).size });
  }
  return found;
}

/** What a file seems to be by its beginning and, for a simple envelope, by the members that it must have. */
async function formatOf(path: string): Promise<EnvelopeFormat | undefined> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(8192);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    const start = buffer.subarray(0, bytesRead);
    if (start.length > 2 && looksLikeMessage(start)) return 'esdk';
    return /^\s*\{[^]*"(encrypted_data_key|ciphertext|nonce)"\s*:/.test(start.toString('latin1'))
      ? 'simple'
      : undefined;
  } finally {
    await file.close();
  }
}
