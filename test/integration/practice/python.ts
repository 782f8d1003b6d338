import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Practice } from '../../../electron/practice/index';

/** Runs a script of this folder with Debian's Python against a practice account; gives the JSON that it prints. */
export async function runPython(
  script: string,
  practice: Practice,
  args: readonly string[] = [],
): Promise<unknown> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [path, ...args], {
    env: {
      PATH: '/usr/bin:/bin',
      PRACTICE_ENDPOINT: practice.endpoint,
      AWS_ACCESS_KEY_ID: practice.accessKeyId,
      AWS_SECRET_ACCESS_KEY: practice.secretAccessKey,
    },
  });
  return JSON.parse(stdout);
}
