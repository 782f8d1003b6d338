import { spawn } from 'node:child_process';
import { AppError } from '../../shared/model/errors';
import type { AwsCredentials } from './session';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Runs a profile's `credential_process` and gives the credentials that it prints as JSON. The SDK
 * would hand the line to a shell; this runs the program itself with the words of the line, as the
 * AWS CLI does, and with chosen variables of the environment only. Throws AppError `no-credentials`,
 * `expired-credentials` or `cancelled`.
 * Source: AWS SDKs and Tools reference guide, "Process credential provider".
 */
export async function processCredentials(
  profile: string,
  command: string,
  options: { readonly env: Env; readonly now: () => Date; readonly signal: AbortSignal },
): Promise<AwsCredentials> {
  const [program, ...args] = splitWords(command);
  if (program === undefined) throw failed(profile, 'the line is empty');
  const output = await run(profile, program, args, options);
  let parsed: unknown;
  try {
    parsed = JSON.parse(output);
  } catch {
    throw failed(profile, 'it printed something other than JSON');
  }
  const answer = parsed as Record<string, unknown> | null;
  const field = (name: string) => {
    const value = answer?.[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const accessKeyId = field('AccessKeyId');
  const secretAccessKey = field('SecretAccessKey');
  if (answer?.['Version'] !== 1 || !accessKeyId || !secretAccessKey) {
    throw failed(profile, 'it did not print Version 1, AccessKeyId and SecretAccessKey');
  }
  const sessionToken = field('SessionToken');
  const expires = field('Expiration');
  const expiration = expires === undefined ? undefined : new Date(expires);
  if (expiration && Number.isNaN(expiration.getTime())) {
    throw failed(profile, 'its Expiration is not a date');
  }
  if (expiration && expiration <= options.now()) {
    throw new AppError(
      'expired-credentials',
      `The credential_process of profile ${profile} gave credentials that have expired. Renew them with its own tool.`,
    );
  }
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiration === undefined ? {} : { expiration }),
  };
}

/** Such a program may wait for a browser or a person, but not for ever. */
const timeoutMs = 120_000;
const maxOutputBytes = 1024 * 1024;

function run(
  profile: string,
  program: string,
  args: string[],
  { env, signal }: { readonly env: Env; readonly signal: AbortSignal },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      shell: false,
      windowsHide: true,
      // What it says on stderr may hold secrets and is not kept.
      stdio: ['ignore', 'pipe', 'ignore'],
      env: allowedEnv(env),
      timeout: timeoutMs,
      signal,
    });
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size > maxOutputBytes) child.kill();
      else parts.push(part);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(new AppError('cancelled', 'Cancelled.'));
      else
        reject(failed(profile, `${program} cannot be started (${error.code ?? 'unknown reason'})`));
    });
    child.on('close', (code, ended) => {
      if (code === 0 && size <= maxOutputBytes) resolve(Buffer.concat(parts).toString('utf8'));
      else reject(failed(profile, `it ended with ${code === null ? `signal ${ended}` : code}`));
    });
  });
}

function failed(profile: string, what: string): AppError {
  return new AppError(
    'no-credentials',
    `The credential_process of profile ${profile} gave no credentials: ${what}. Run its command in a terminal to see more.`,
  );
}

/** Variables that helpers for credentials need; Electron's and everybody else's stay here. */
function allowedEnv(env: Env): NodeJS.ProcessEnv {
  const allowed =
    /^(PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_SESSION_BUS_ADDRESS|XDG_\w+|SSH_AUTH_SOCK|GNUPGHOME|GPG_TTY|AWS_\w+|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|SYSTEMROOT|COMSPEC|PATHEXT|WINDIR|USERPROFILE|USERNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|HOMEDRIVE|HOMEPATH)$/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => allowed.test(name)));
}

/**
 * Splits a command line into words as the AWS CLI does with Python's shlex (POSIX mode): single
 * quotes keep everything, double quotes keep all but `\"` and `\\`, a backslash keeps the next
 * character. On Windows a backslash is a character like any other, as in paths.
 */
export function splitWords(command: string, windows = process.platform === 'win32'): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < command.length; at += 1) {
    const char = command.charAt(at);
    const next = command.charAt(at + 1);
    if (quote !== undefined && char === quote) {
      quote = undefined;
    } else if (char === '\\' && quote !== "'" && next !== '' && escapes(next, quote, windows)) {
      word = (word ?? '') + next;
      at += 1;
    } else if (quote !== undefined) {
      word = (word ?? '') + char;
    } else if (char === '"' || (char === "'" && !windows)) {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

function escapes(next: string, quote: string | undefined, windows: boolean): boolean {
  if (windows) return next === '"';
  return quote === undefined || next === '"' || next === '\\';
}
