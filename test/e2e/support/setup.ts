import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { prepareBuild } from '../../../electron/launch/prepare.mjs';
import { startDisplay } from './display';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Once before all tests: the build is up to date, the runtime is there, and there is a display. */
export default async function setup(): Promise<() => void> {
  await prepareBuild(root);
  // Workers inherit the environment.
  process.env['CLAVIGER_TEST_RUNTIME'] ??= execFileSync(
    process.execPath,
    ['dist/launch/runtime.js'],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  ).trim();
  const display = await startDisplay(process.env);
  if (display) process.env['DISPLAY'] = display.name;
  return () => display?.close();
}
