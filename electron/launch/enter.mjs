// @ts-check
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nodeComplaint } from './nodeVersion.mjs';

/**
 * Runs one of the launcher's built programs, after making the checkout ready: what start.mjs, test.mjs
 * and bench.mjs share.
 * @param {'start' | 'test' | 'bench'} program
 */
export async function enter(program) {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  try {
    const complaint = nodeComplaint(process.versions.node);
    if (complaint) throw new Error(complaint);
    // Only now: an old Node may not know what these import.
    const { prepare } = await import('./prepare.mjs');
    await prepare(root);
    const { main } = await import(
      pathToFileURL(join(root, 'dist', 'launch', `${program}.js`)).href
    );
    process.exitCode = await main(root, process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
