import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { AppError } from '../../shared/model/errors';

export interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** Told each piece of standard error as it comes. */
  readonly onStderr?: (text: string) => void;
}

export interface Ran {
  /** Null where a signal or the time limit ended it, or where it could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without a shell. Throws AppError `cancelled`; how it ended is in what it gives. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { env, signal, timeoutMs, onStderr }: RunOptions,
): Promise<Ran> {
  const child = spawn(program, args, {
    env,
    signal,
    timeout: timeoutMs,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptCharacters);
    onStderr?.(text);
  });
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Stopped.');
    return { code: null, stdout, stderr: error instanceof Error ? error.message : String(error) };
  }
}

/** Of standard error, for the sentence that says why; Chromium can say much. */
const keptCharacters = 20_000;
