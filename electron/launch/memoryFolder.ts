import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** TMPFS_MAGIC of statfs(2). */
const tmpfs = 0x01021994;
/** What all tests write at one time is a fraction of it; containers often have 64 MB. */
const neededBytes = 2 * 1024 ** 3;

/**
 * A new folder in memory for what tests write. Every entry of the journal and of a drill waits for its
 * disk, some 3 ms: over all tests these waits were minutes, and no test is about them. Undefined where
 * there is none with enough room, or where no program may run from it; then tests write where they do.
 */
export function memoryFolder(under = '/dev/shm'): string | undefined {
  try {
    const { type, bavail, bsize } = statfsSync(under);
    if (type !== tmpfs || bavail * bsize < neededBytes) return undefined;
    const folder = mkdtempSync(join(under, 'claviger-test-'));
    if (runsPrograms(folder)) return folder;
    rmSync(folder, { recursive: true });
  } catch {
    // Not there, or not ours to write to.
  }
  return undefined;
}

/** Containers often mount it `noexec`. */
function runsPrograms(folder: string): boolean {
  const program = join(folder, 'runs');
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}
