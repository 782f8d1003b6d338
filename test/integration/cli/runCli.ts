import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line as a process of its own, with nothing of this machine's AWS accounts. */
export async function runCli(
  dataDir: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const child = startCli(dataDir, args, env);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

export function startCli(
  dataDir: string,
  args: readonly string[],
  env: Record<string, string> = {},
) {
  if (!existsSync(cli)) throw new Error('dist/cli.js is missing: run "npm run build" first.');
  return spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env['PATH'], HOME: dataDir, CLAVIGER_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
