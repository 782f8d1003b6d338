import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { build } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Bundles driver.ts for plain Node into a folder, and gives its path. */
export async function buildDriver(outDir: string): Promise<string> {
  const external = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { input: { driver: join(here, 'driver.ts') }, external },
    },
  });
  return join(outDir, 'driver.js');
}

/** A new folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-launch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Running {
  readonly child: ChildProcess;
  /** Settles when standard output holds the text. */
  says(text: string): Promise<void>;
  /** Standard output's last line as JSON, and everything it wrote, once it has ended. */
  ended: Promise<{
    result: { value?: unknown; error?: { code: string; message: string } };
    log: string;
  }>;
}

/** Starts a Node program; it is killed with the test at the latest. */
export function start(args: string[], env: NodeJS.ProcessEnv = process.env): Running {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => ((out += text), (log += text)));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  return {
    child,
    async says(text) {
      while (!out.includes(text)) await once(child.stdout, 'data');
    },
    ended: once(child, 'close').then(() => {
      const last = out.trim().split('\n').at(-1) ?? '';
      return { result: last.startsWith('{') ? JSON.parse(last) : {}, log };
    }),
  };
}

/** Kills a process as a power cut would, and waits until it is gone. */
export async function killHard({ child }: Running): Promise<void> {
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}
