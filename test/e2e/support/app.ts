import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  _electron,
  test as base,
  expect,
  type ElectronApplication,
  type Page,
  type TestInfo,
} from '@playwright/test';
import { chooseRuntime } from './chooseRuntime';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface LaunchOptions {
  /** Kept for a second start with the same data; a new one by default. */
  dataDir?: string;
  /** Arguments for the program, as after `npm start --`. */
  args?: string[];
  /** On top of the few variables that the program gets. */
  env?: Record<string, string>;
  /** Files of the home folder's `.aws` may be put here; a new empty one by default. */
  homeDir?: string;
  colorScheme?: 'light' | 'dark';
  /** Where the window goes once it is loaded; the keys by default, null leaves it where it opens. */
  at?: string | null;
}

/** The built program in a real Electron. */
export interface App {
  readonly electron: ElectronApplication;
  /** The main window, loaded. */
  readonly page: Page;
  readonly dataDir: string;
  readonly homeDir: string;
  /** Errors that the window showed in its console or did not catch; must be empty at the end. */
  readonly errors: string[];
  /** What main wrote to its standard output and error. */
  output(): string;
  /** Takes errors that the test provokes on purpose out of `errors`, and gives them. */
  takeErrors(pattern: RegExp): string[];
  /** Ends the program at once, as a power cut does; the data stays as it is at that moment. */
  kill(): Promise<void>;
  /** Quits; the data stays for a further start. */
  close(): Promise<void>;
}

/**
 * Playwright's test with the program: `launch(options)` starts it as often as a test needs, `app` is one
 * with defaults. At the end all are closed, their folders removed, and unexpected errors fail the test.
 */
export const test = base.extend<{ launch: (options?: LaunchOptions) => Promise<App>; app: App }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
  launch: async ({}, use, testInfo) => {
    const running: App[] = [];
    const folder = mkdtempSync(join(tmpdir(), 'claviger-e2e-'));
    await use(async (options = {}) => {
      const app = await launch(folder, running.length, options);
      running.push(app);
      return app;
    });
    if (testInfo.status !== testInfo.expectedStatus) {
      for (const [i, app] of running.entries()) await attach(testInfo, app, i);
    }
    for (const app of running) await app.close();
    rmSync(folder, { recursive: true, force: true });
    expect(
      running.flatMap((app) => app.errors),
      'errors in the window',
    ).toEqual([]);
  },
  app: async ({ launch: start }, use) => use(await start()),
});

export { expect };

async function launch(folder: string, index: number, options: LaunchOptions): Promise<App> {
  const dataDir = options.dataDir ?? join(folder, `data-${index}`);
  const homeDir = options.homeDir ?? mkdtempSync(join(folder, 'home-'));
  chooseRuntime(required('CLAVIGER_TEST_RUNTIME'));
  const electron = await _electron.launch({
    args: [...chromiumFlags(), root, ...(options.args ?? [])],
    cwd: folder,
    env: { ...inherited(), HOME: homeDir, CLAVIGER_DATA_DIR: dataDir, ...options.env },
    colorScheme: options.colorScheme ?? 'light',
  });
  let output = '';
  const child = electron.process();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const errors: string[] = [];
  electron.on('window', (page) => watch(page, errors));
  const page = await electron.firstWindow();
  watch(page, errors);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForLoadState('load');
  const { at = '/keys' } = options;
  if (at !== null) {
    await page.evaluate((place) => {
      location.hash = `#${place}`;
    }, at);
  }
  let closed: Promise<void> | undefined;
  return {
    electron,
    page,
    dataDir,
    homeDir,
    errors,
    output: () => output,
    takeErrors(pattern) {
      const taken = errors.filter((error) => pattern.test(error));
      errors.splice(0, errors.length, ...errors.filter((error) => !pattern.test(error)));
      return taken;
    },
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      closed = Promise.resolve();
    },
    close: () => (closed ??= quit(electron)),
  };
}

/** Chromium cannot use its sandbox as root; a test machine has no GPU. */
function chromiumFlags(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'];
}

/** Nothing of the operator's AWS environment gets into a test. */
function inherited(): Record<string, string> {
  const names = [
    'PATH',
    'DISPLAY',
    'XAUTHORITY',
    'WAYLAND_DISPLAY',
    'XDG_RUNTIME_DIR',
    'LANG',
    'TMPDIR',
  ];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
}

const watched = new WeakSet<Page>();

function watch(page: Page, errors: string[]): void {
  if (watched.has(page)) return;
  watched.add(page);
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => errors.push('the window crashed'));
}

/** Longest time that quitting may take before the process is ended, so that one hang stays one failure. */
const quitMs = 30_000;

async function quit(electron: ElectronApplication): Promise<void> {
  const child = electron.process();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<true>((resolve) => {
    timer = setTimeout(() => resolve(true), quitMs);
  });
  const hangs = await Promise.race([electron.close().then(() => false), late]);
  clearTimeout(timer);
  if (!hangs) return;
  child.kill('SIGKILL');
  throw new Error(`The program did not quit within ${quitMs / 1000} s.`);
}

async function attach(testInfo: TestInfo, app: App, index: number): Promise<void> {
  await testInfo.attach(`main-${index}.log`, { body: app.output(), contentType: 'text/plain' });
  const picture = await app.page.screenshot({ timeout: 5_000 }).catch(() => undefined);
  if (picture) {
    await testInfo.attach(`window-${index}.png`, { body: picture, contentType: 'image/png' });
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run the tests through playwright.config.ts.`);
  return value;
}
