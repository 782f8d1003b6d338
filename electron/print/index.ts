import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../shared/model/errors';
import { printFiles } from './files';
import { runProgram, type Ran, type RunOptions } from './run';
import { tries } from './tries';

export interface PrinterOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Told what the search for Electron says, such as the progress of a download. */
  readonly tell: (text: string) => void;
  /** Where the program was built. */
  readonly dist?: string | undefined;
}

/** Gives the bytes of a tagged PDF of an HTML document; `title` stands in the head of every page. */
export type PrintDocument = (
  html: AsyncIterable<string> | Iterable<string>,
  title: string,
) => Promise<Uint8Array>;

/** The longest wait for Electron to be found, and for it to print, in milliseconds. */
const findMs = 15 * 60_000;
const printMs = 3 * 60_000;

/**
 * Finds the Electron that `npm start` would take, to print with it on a command line, without a window.
 * Throws AppError `unsupported` with a sentence that says what to do, as does the function that it gives,
 * and `cancelled`.
 */
export async function findPrinter(options: PrinterOptions): Promise<PrintDocument> {
  const { env, signal, tell, dist = builtFolder() } = options;
  const launcher = dist === undefined ? undefined : join(dist, 'launch', 'runtime.js');
  if (dist === undefined || launcher === undefined || !existsSync(launcher)) {
    throw cannotPrint('the program was not built as a whole; run "npm run build"');
  }
  const run: RunOptions = { env: withoutSecrets(env), signal, timeoutMs: findMs };
  const found = await runProgram(process.execPath, [launcher], { ...run, onStderr: tell });
  const executable = found.stdout.trim();
  if (found.code !== 0 || executable === '') throw cannotPrint(`no Electron: ${reasonOf(found)}`);

  return async (html, title) => {
    const folder = await mkdtemp(join(tmpdir(), 'claviger-print-'));
    const files = printFiles(folder);
    try {
      await chmod(folder, 0o700);
      await writeFile(files.document, html, { mode: 0o600 });
      let why = '';
      for (const { program, args } of tries(executable, process)) {
        const app = [...args, join(dist, 'print'), folder, title];
        const ended = await runProgram(program, app, { ...run, timeoutMs: printMs });
        if (ended.code === 0) return await readFile(files.pdf);
        why ||= reasonOf(ended);
      }
      throw cannotPrint(`Electron (${executable}) could not print: ${why}`);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  };
}

function builtFolder(): string | undefined {
  // As seen from the command line, and from a chunk of its; the sources have no such file.
  return ['./', '../']
    .map((path) => new URL(path, import.meta.url))
    .filter((url) => existsSync(new URL('launch/runtime.js', url)))
    .map((url) => fileURLToPath(url))[0];
}

/** Neither credentials nor what would make Electron something else than an Electron. */
function withoutSecrets(env: PrinterOptions['env']): PrinterOptions['env'] {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) =>
        !/^(?:AWS_|NODE_OPTIONS$|ELECTRON_(?:RUN_AS_NODE|NO_ATTACH_CONSOLE)$)/i.test(name),
    ),
  );
}

/** The last that it said which is no remark on a missing bus or graphics card. */
function reasonOf({ code, stderr }: Ran): string {
  const lines = stderr.split('\n').filter((line) => /\S/.test(line) && !harmless.test(line));
  return (
    lines.at(-1)?.trim() ?? (code === null ? 'it did not end by itself' : `it ended with ${code}`)
  );
}
const harmless = /dbus|bus\.cc|gpu|vaapi|GLib|^\s+at /i;

function cannotPrint(why: string): AppError {
  return new AppError(
    'unsupported',
    `The PDF cannot be printed here: ${why.replace(/\.$/, '')}. With --html FILE any browser prints the same document.`,
  );
}
