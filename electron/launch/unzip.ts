import { createWriteStream } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry } from 'yauzl';
import { AppError } from '../../shared/model/errors';

/**
 * Unpacks a zip file into a folder, keeping permissions and symbolic links. `place` maps an entry's name to its path in the folder, or to undefined where it is not wanted.
 * Throws AppError `bad-response` for an entry that would land outside the folder.
 */
export async function unzip(
  zipFile: string,
  folder: string,
  place: (name: string) => string | undefined = (name) => name,
): Promise<void> {
  const zip = await openPromise(zipFile, {});
  try {
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
      if (path === undefined) continue;
      const target = join(folder, path);
      if (!target.startsWith(folder + sep)) {
        throw new AppError('bad-response', `The archive holds a path outside itself: ${path}.`);
      }
      await mkdir(dirname(target), { recursive: true });
      await write(await zip.openReadStreamPromise(entry), target, modeOf(entry));
    }
  } finally {
    zip.close();
  }
}

const fileTypeMask = 0o170000;
const symbolicLink = 0o120000;

/** The Unix mode lies in the upper half of the external attributes (APPNOTE 4.4.15, Info-ZIP). */
function modeOf(entry: Entry): number {
  return entry.externalFileAttributes >>> 16;
}

async function write(content: Readable, target: string, mode: number): Promise<void> {
  if ((mode & fileTypeMask) === symbolicLink) {
    await symlink(Buffer.concat(await content.toArray()).toString(), target);
  } else {
    await pipeline(content, createWriteStream(target, { mode: mode & 0o777 || 0o644 }));
  }
}
