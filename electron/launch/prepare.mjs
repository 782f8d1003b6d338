// @ts-check
import { build, isBuilt } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';

/**
 * Makes a checkout ready to run: packages installed as the lock file says, dist built from the sources.
 * Plain JavaScript on Node's own modules, since nothing else is there yet in a clean clone.
 * @param {string} root
 * @returns {Promise<void>}
 */
export async function prepare(root) {
  if (isInstalled(root) && isBuilt(root)) return;
  await withLock(
    `prepare ${root}`,
    async () => {
      if (!isInstalled(root)) await timed('Installing packages', () => install(root));
      if (!isBuilt(root)) await timed('Building', () => build(root));
    },
    { onWait: () => say('Another start is installing or building; waiting for it.') },
  );
}

/**
 * Builds where the sources have changed since; packages must be there.
 * @param {string} root
 * @returns {Promise<void>}
 */
export async function prepareBuild(root) {
  if (isBuilt(root)) return;
  await withLock(`prepare ${root}`, async () => {
    if (!isBuilt(root)) await timed('Building', () => build(root));
  });
}

/**
 * @param {string} what
 * @param {() => Promise<void>} work
 */
async function timed(what, work) {
  const start = Date.now();
  say(`${what} ...`);
  await work();
  say(`${what}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}
