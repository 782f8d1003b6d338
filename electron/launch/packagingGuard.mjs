// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { electronAge } from './electronAge.mjs';

/**
 * electron-builder calls it with each package before it is closed: throws where the package must not
 * reach users, with an outdated Electron or the evaluation runtime inside.
 * @param {{ appOutDir: string }} context
 */
export default function guardPackage({ appOutDir }) {
  const release = readFileSync(new URL('./electronRelease.json', import.meta.url), 'utf8');
  const { complaint, refused } = electronAge(JSON.parse(release), new Date());
  if (refused) throw new Error(complaint);
  // The marker's name stands in runtimeKind.ts, which this plain script cannot import.
  if (existsSync(join(appOutDir, 'claviger-runtime.json'))) {
    throw new Error('The evaluation runtime is not for users: package with the official Electron.');
  }
}
