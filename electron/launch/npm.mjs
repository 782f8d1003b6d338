// @ts-check
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * How to run npm without a shell (`npm.cmd` would need one on Windows): the npm that runs us, else the
 * one that came with this Node, else the one on the path.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} node This Node's executable.
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(env, node) {
  const beside = dirname(node);
  const candidates = [
    env['npm_execpath'],
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const cli = candidates.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  return cli ? { command: node, args: [cli] } : { command: 'npm', args: [] };
}
