import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { beginBuild, isBuilt } from '../../../electron/launch/build.mjs';
import { isInstalled } from '../../../electron/launch/install.mjs';
import { temporaryFolder } from './temporary';

function write(root: string, files: Record<string, string | object>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(
      join(root, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }
  return root;
}

const entry = { version: '1.0.0', integrity: 'sha512-x' };
const lock = { packages: { '': { name: 'root' }, 'node_modules/a': entry } };

/** A checkout with one package, installed. */
function installed(): string {
  return write(temporaryFolder(), {
    'package-lock.json': lock,
    'node_modules/.package-lock.json': { packages: { 'node_modules/a': entry } },
    'node_modules/a/package.json': {},
  });
}

test('packages that match the lock file need no install', () => {
  expect(isInstalled(installed())).toBe(true);
});

test('a clean clone needs an install', () => {
  expect(isInstalled(write(temporaryFolder(), { 'package-lock.json': lock }))).toBe(false);
});

test('an install that was cut needs another', () => {
  const root = installed();
  rmSync(join(root, 'node_modules/.package-lock.json'));
  expect(isInstalled(root)).toBe(false);
});

test('a package that was removed needs an install', () => {
  const root = installed();
  rmSync(join(root, 'node_modules/a'), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

test.each([{ version: '1.0.1' }, { integrity: 'sha512-y' }])(
  'a lock with %o needs an install',
  (change) => {
    const root = installed();
    const packages = { 'node_modules/a': { ...entry, ...change } };
    expect(isInstalled(write(root, { 'package-lock.json': { packages } }))).toBe(false);
  },
);

test('an optional package of another platform may be missing, one of this platform not', () => {
  const optional = (os: string[]) => ({
    packages: { ...lock.packages, 'node_modules/b': { ...entry, optional: true, os } },
  });
  const root = installed();
  expect(isInstalled(write(root, { 'package-lock.json': optional(['amiga']) }))).toBe(true);
  expect(isInstalled(write(root, { 'package-lock.json': optional([process.platform]) }))).toBe(
    false,
  );
  const excluded = optional([`!${process.platform}`]);
  expect(isInstalled(write(root, { 'package-lock.json': excluded }))).toBe(true);
  // What only such a package needs names no platform itself.
  const packages = { ...lock.packages, 'node_modules/c': { ...entry, optional: true } };
  expect(isInstalled(write(root, { 'package-lock.json': { packages } }))).toBe(true);
});

/** A checkout as it is after a build. */
function built(): string {
  const root = write(temporaryFolder(), {
    'electron/main.ts': 'main',
    'renderer/main.tsx': 'page',
    'shared/model/a.ts': 'model',
    'vite.config.ts': 'config',
    'package.json': '{}',
    'package-lock.json': '{}',
    'dist/main.js': 'built',
  });
  beginBuild(root).done(['dist/main.js']);
  return root;
}

test('a build of the sources as they are is used again', () => {
  expect(isBuilt(built())).toBe(true);
});

test.each(['electron/main.ts', 'shared/model/a.ts', 'vite.config.ts', 'renderer/new.ts'])(
  'a change of %s needs a build',
  (file) => {
    expect(isBuilt(write(built(), { [file]: 'changed' }))).toBe(false);
  },
);

test('a missing output needs a build', () => {
  const root = built();
  rmSync(join(root, 'dist/main.js'));
  expect(isBuilt(root)).toBe(false);
});

test('a build that was cut is not taken for complete', () => {
  const root = built();
  beginBuild(root);
  expect(isBuilt(root)).toBe(false);
});

test('a source that changes during the build needs another build', () => {
  const root = built();
  const building = beginBuild(root);
  write(root, { 'electron/main.ts': 'changed meanwhile' });
  building.done(['dist/main.js']);
  expect(isBuilt(root)).toBe(false);
});
