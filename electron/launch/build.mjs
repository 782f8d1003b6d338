// @ts-check
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = [
  'electron',
  'renderer',
  'shared',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];
const stampFile = join('dist', '.build.json');

/**
 * Whether dist was built from the sources as they are: by content, since dates lie after a checkout.
 * @param {string} root The checkout.
 */
export function isBuilt(root) {
  try {
    const { hash, files } = JSON.parse(readFileSync(join(root, stampFile), 'utf8'));
    return (
      hash === sourceHash(root) &&
      files.every((/** @type {string} */ file) => existsSync(join(root, file)))
    );
  } catch {
    return false;
  }
}

/**
 * Builds everything; what Vite prints is shown only where it fails.
 * @param {string} root
 * @returns {Promise<void>}
 */
export function build(root) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The build failed.\n${withoutStack(output)}`));
    });
  });
}

/**
 * Leaves out where in the bundler an error arose: what is wrong with our sources stands above it.
 * @param {string} output
 */
function withoutStack(output) {
  return output
    .split('\n')
    .filter((line) => !/^ +at /.test(line))
    .join('\n');
}

/**
 * Called by vite.config.ts around a build: first that dist is not to be trusted, then, with the hash
 * from before, that it is complete.
 * @param {string} root
 * @returns {{ hash: string, done: (files: string[]) => void }}
 */
export function beginBuild(root) {
  rmSync(join(root, stampFile), { force: true });
  const hash = sourceHash(root);
  return {
    hash,
    done(files) {
      mkdirSync(join(root, 'dist'), { recursive: true });
      writeFileSync(join(root, stampFile), JSON.stringify({ hash, files }, null, 1));
    },
  };
}

/** @param {string} root */
function sourceHash(root) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesOf(root, source))
      hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]} in an order that does not depend on the file system
 */
function filesOf(root, path) {
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory()) return filesOf(root, child);
      return entry.isFile() ? [child] : [];
    });
}
