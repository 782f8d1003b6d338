import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** How long a failed official download is not tried again: a blocked network stays so for a while. */
export const waitAfterFailureMs = 3_600_000;

const noteSchema = z.object({ what: z.string(), at: z.number() });

/**
 * When a download that failed may be tried again, or undefined for at once. `what` names what would be
 * fetched and from where: another version or mirror is another download.
 */
export function nextTry(file: string, what: string, now: number): Date | undefined {
  try {
    const note = noteSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const age = now - note.at;
    // A clock that was set back must not block for ever.
    const fresh = note.what === what && age >= 0 && age < waitAfterFailureMs;
    return fresh ? new Date(note.at + waitAfterFailureMs) : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers that a download failed now. */
export function noteFailure(file: string, what: string, now: number): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ what, at: now }));
  } catch {
    // Without the note the next start tries again: slower, not wrong.
  }
}

/** Forgets a failure, after a download that went well. */
export function forgetFailure(file: string): void {
  rmSync(file, { force: true });
}
