import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Beside the runtime's executable; written last when the evaluation runtime is put together. */
export const runtimeMarker = 'claviger-runtime.json';

export interface RuntimeKind {
  readonly kind: 'official' | 'evaluation';
  /** Why it is no official one, for people. */
  readonly reason?: string;
}

/**
 * Says whether an Electron is the official one of the pinned version. Only that is: a runtime with the
 * launcher's marker beside its executable, or of any other version, is for evaluation.
 * main.ts asks with `process.execPath` and `process.versions.electron`; docs/runtime.md has the story.
 */
export function runtimeKind(
  executable: string,
  electronVersion: string | undefined,
  pinnedVersion: string,
): RuntimeKind {
  const marker = readMarker(dirname(executable));
  if (marker !== undefined) {
    return {
      kind: 'evaluation',
      reason: `This is the evaluation runtime: Electron ${electronVersion ?? 'of unknown version'}, past its end of life and repacked by a third party.`,
    };
  }
  if (electronVersion !== pinnedVersion) {
    return {
      kind: 'evaluation',
      reason: `This is Electron ${electronVersion ?? 'of unknown version'}, not ${pinnedVersion}, for which the program is made.`,
    };
  }
  return { kind: 'official' };
}

/** The marker's text; an unreadable one is still a marker. */
function readMarker(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, runtimeMarker), 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '';
  }
}
