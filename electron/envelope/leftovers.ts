import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Finds what a killed process left unfinished. */
export interface Leftovers {
  /** The end of the names of this process's unfinished files. */
  readonly tag: string;
  /** Notes a folder before something unfinished lies in it; the first call also clears up after others. */
  willWriteIn(folder: string): Promise<void>;
  /** After the last file was finished. */
  close(): Promise<void>;
}

interface Note {
  readonly pid: number;
  /** When the process began, in milliseconds: a later one may have its number. */
  readonly startedMs: number;
  readonly tag: string;
  readonly folders: readonly string[];
}

const startedMs = Math.round(performance.timeOrigin);

/**
 * Each process keeps a note of the folders that it writes in, by which the next one removes what it
 * could not: unfinished files have random names that end with the process's tag. Without it a process
 * that was killed would leave plaintext in a hidden file.
 * @param folder of the notes, in the data folder
 */
export function openLeftovers(folder: string): Leftovers {
  const tag = randomBytes(6).toString('hex');
  const path = join(folder, `${tag}.json`);
  const folders = new Set<string>();
  let cleared: Promise<void> | undefined;
  let noted: Promise<void> = Promise.resolve();

  return {
    tag,
    async willWriteIn(written) {
      cleared ??= mkdir(folder, { recursive: true, mode: 0o700 }).then(() => clearUp(folder));
      await cleared;
      if (!folders.has(written)) {
        folders.add(written);
        const note: Note = { pid: process.pid, startedMs, tag, folders: [...folders] };
        // In order: a later note has all folders of an earlier one.
        noted = noted.then(() => writeFile(path, JSON.stringify(note), { mode: 0o600 }));
      }
      await noted;
    },
    async close() {
      await noted.catch(() => {});
      await rm(path, { force: true }).catch(() => {});
    },
  };
}

async function clearUp(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const note = await readNote(path);
    if (!note || isAlive(note)) continue;
    for (const written of note.folders) await removeParts(written, note.tag);
    await rm(path, { force: true });
  }
}

async function removeParts(folder: string, tag: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith('.') || !name.endsWith(`.${tag}.part`)) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

async function readNote(path: string): Promise<Note | undefined> {
  try {
    const note = JSON.parse(await readFile(path, 'utf8')) as Partial<Note>;
    const { pid, startedMs: began, tag, folders } = note;
    if (typeof pid !== 'number' || typeof began !== 'number') return undefined;
    if (!/^[0-9a-f]{12}$/.test(tag ?? '') || !Array.isArray(folders)) return undefined;
    return {
      pid,
      startedMs: began,
      tag: tag ?? '',
      folders: folders.filter((each) => typeof each === 'string'),
    };
  } catch {
    return undefined; // just being written, or not ours
  }
}

function isAlive({ pid, startedMs: began }: Note): boolean {
  if (pid === process.pid) return began === startedMs;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
