import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { redact } from './redact';

/** One line for the log; what looks like a secret is taken out. Never throws. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, error?: unknown) => void;

export interface LogOptions {
  /** The folder of `claviger.log`; made if missing. */
  readonly folder: string;
  readonly now: () => Date;
  /** Bytes after which the file becomes `claviger.1.log`, which replaces the one before: at most twice this is kept. */
  readonly maxBytes?: number;
}

/**
 * Opens the program's log: one line of text an event, `time level message`, an error's stack below
 * it, indented. Written at once, so that the last line before a crash is there; a log that cannot be
 * written is given up silently, because the program's work matters more.
 */
export function openLog({ folder, now, maxBytes = 1_000_000 }: LogOptions): Log {
  const file = join(folder, 'claviger.log');
  return (level, message, error) => {
    const text = redact(error === undefined ? message : `${message}\n${describe(error)}`);
    const line = `${now().toISOString()} ${level} ${text.replaceAll(/\r?\n/g, '\n  ')}\n`;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (sizeOf(file) + line.length > maxBytes) renameSync(file, join(folder, 'claviger.1.log'));
      appendFileSync(file, line, { mode: 0o600 });
    } catch {
      // No disk, no log.
    }
  };
}

/** An error with its causes and codes; depth and length are bounded, so that a large value cannot fill the log. */
function describe(error: unknown): string {
  const text = inspect(error, {
    depth: 3,
    maxStringLength: 2000,
    maxArrayLength: 20,
    getters: false,
  });
  return text.length > 8000 ? `${text.slice(0, 8000)}…` : text;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
