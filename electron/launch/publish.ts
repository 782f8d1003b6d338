import { open } from 'node:fs/promises';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { diskFull, isDiskFull } from './diskFull';
import { withLock } from './lock.mjs';

/** The last file written into a folder: that it is complete, and with which files of which size in bytes. */
const markerSchema = z.looseObject({ files: z.record(z.string(), z.number()) });

/**
 * Makes sure that a folder holds what `fill` puts there, once: `fill` writes into a new folder beside it,
 * and only a complete one takes the name. Of several processes one works and the others wait; what a
 * killed one left is removed. Gives true where `fill` had to run. Throws AppError `disk-full`.
 */
export async function publish(
  folder: string,
  marker: string,
  fill: (newFolder: string) => Promise<void>,
  options: { facts?: object; onWait?: () => void } = {},
): Promise<boolean> {
  if (isComplete(folder, marker)) return false;
  return withLock(
    folder,
    async () => {
      if (isComplete(folder, marker)) return false;
      removeLeftovers(folder);
      const fresh = `${folder}${partSuffix}${process.pid}`;
      try {
        mkdirSync(fresh, { recursive: true });
        await fill(fresh);
        const files = fileSizes(fresh);
        await writeSynced(
          join(fresh, marker),
          JSON.stringify({ ...options.facts, files }, null, 1),
        );
        renameSync(fresh, folder);
        return true;
      } catch (error) {
        rmSync(fresh, { recursive: true, force: true });
        throw isDiskFull(error) ? diskFull(dirname(folder)) : error;
      }
    },
    options.onWait ? { onWait: options.onWait } : {},
  );
}

/** Whether a folder has its marker and every file that the marker names in its full size. */
export function isComplete(folder: string, marker: string): boolean {
  try {
    const { files } = markerSchema.parse(JSON.parse(readFileSync(join(folder, marker), 'utf8')));
    return Object.entries(files).every(
      ([path, size]) => lstatSync(join(folder, path)).size === size,
    );
  } catch {
    return false;
  }
}

const partSuffix = '.part-';

/** Only the holder of the lock calls it, so whatever lies there is of the dead, or broken. */
function removeLeftovers(folder: string): void {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    if (name === basename(folder) || name.startsWith(`${basename(folder)}${partSuffix}`)) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function fileSizes(folder: string): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) sizes[relative(folder, path)] = lstatSync(path).size;
  }
  return sizes;
}
