import { chmod, mkdir, open, rename, rm, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { extract as createExtract, type Header } from 'tar-stream';
import { AppError } from '../../../shared/model/errors';
import { fileError, syncFolder } from '../../files/atomicWrite';
import { partName, refuseTaken } from '../work/part';
import type { Out } from '../work/types';
import { entryPath, linkStaysInside } from './entryRules';

/** An archive that is being unpacked into a hidden folder; under its name only once all is proved. */
export interface Unpacking {
  write(piece: Uint8Array): Promise<void>;
  /** Puts the file or folder in its place; gives where. Throws AppError `conflict` where that is taken. */
  commit(): Promise<{ readonly path: string; readonly files: number }>;
  abandon(): Promise<void>;
}

/**
 * Unpacks an archive of `packArchive`: one file or one folder at its root. What leads out of it, a link
 * that does, a device, a name twice: refused as a whole. Files are readable by their owner alone;
 * of modes only "executable" is kept. Links are made last, so that nothing is written through one.
 * @param out where the root is put; its own name takes the place of the last part of the path
 */
export async function openUnpacking(out: Out): Promise<Unpacking> {
  const folder = partName(out);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    throw fileError(out.path, error);
  });
  const extract = createExtract();
  const links: { path: string; target: string }[] = [];
  const folderTimes: { path: string; mtime: Date }[] = [];
  let root: string | undefined;
  let rootIsFolder = false;
  let files = 0;

  const done = readEntries().then(
    () => undefined,
    (error: unknown) => {
      extract.destroy();
      return { error };
    },
  );

  async function readEntries(): Promise<void> {
    for await (const entry of extract) {
      const { header } = entry;
      const read = entryPath(header.name);
      if ('why' in read) throw refused(header.name, read.why);
      const [top = ''] = read.parts;
      root ??= top;
      if (root !== top) throw refused(header.name, 'lies beside the one root that an archive has');
      const path = join(folder, ...read.parts);
      await toDisk(path, take(header, read.parts, path, entry));
    }
  }

  async function take(
    header: Header,
    parts: readonly string[],
    path: string,
    content: AsyncIterable<unknown>,
  ): Promise<void> {
    if (header.type === 'file') {
      files += 1;
      await writeFile(path, header, content);
      return;
    }
    if (header.type === 'directory') {
      await mkdir(path, { mode: 0o700 });
      if (parts.length === 1) rootIsFolder = true;
      folderTimes.push({ path, mtime: header.mtime });
    } else if (header.type === 'symlink') {
      if (!linkStaysInside(parts, header.linkname)) {
        throw refused(header.name, `is a link that leads out of the archive (${header.linkname})`);
      }
      links.push({ path, target: header.linkname });
    } else {
      throw refused(header.name, `is a ${header.type}, which no archive of this program holds`);
    }
    for await (const _ of content); // the stream goes on only once an entry was read
  }

  return {
    async write(piece) {
      if (extract.destroyed) throw (await done)?.error ?? refused('It', 'ends too early');
      // A copy: a plaintext is zeroed once it was written, and this reads on at its own pace.
      if (!extract.write(Buffer.from(piece))) {
        await new Promise<void>((resolve) => {
          extract.once('drain', resolve);
          extract.once('close', resolve);
        });
      }
    },
    async commit() {
      extract.end(undefined);
      const failed = await done;
      if (failed) throw failed.error;
      if (root === undefined) throw refused('It', 'is empty');
      const unpacked = join(folder, root);
      for (const { path, target } of links) await toDisk(path, symlink(target, path));
      for (const { path, mtime } of folderTimes.reverse()) {
        await utimes(path, mtime, mtime);
        await syncFolder(path);
      }
      const path = join(out.path, '..', root);
      // A folder is never replaced: what else is in it would be lost.
      if (!out.replace || rootIsFolder) await refuseTaken(path);
      await toDisk(path, rename(unpacked, path));
      await rm(folder, { recursive: true, force: true });
      await syncFolder(join(out.path, '..'));
      return { path, files };
    },
    async abandon() {
      extract.destroy();
      await done;
      await chmod(folder, 0o700).catch(() => {});
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    },
  };
}

async function writeFile(
  path: string,
  { mode, mtime }: Header,
  content: AsyncIterable<unknown>,
): Promise<void> {
  const file = await open(path, 'wx', (mode & 0o100) | 0o600);
  try {
    for await (const piece of content) await file.appendFile(piece as Uint8Array);
    await file.utimes(mtime, mtime);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function toDisk(path: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw refused(path.split('/').at(-1) ?? '', 'is in the archive twice');
    }
    const isSystem = (error as NodeJS.ErrnoException).syscall !== undefined;
    throw isSystem ? fileError(path, error) : error;
  }
}

function refused(name: string, why: string): AppError {
  return new AppError(
    'not-authentic',
    `The archive was not unpacked: ${JSON.stringify(name).slice(1, -1).slice(0, 200)} ${why}.`,
  );
}
