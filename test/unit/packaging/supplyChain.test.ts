import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../../package.json';
import lock from '../../../package-lock.json';
import electronRelease from '../../../electron/launch/electronRelease.json';
import {
  electronAge,
  refuseAfterDays,
  warnAfterDays,
} from '../../../electron/launch/electronAge.mjs';
import guardPackage from '../../../electron/launch/packagingGuard.mjs';
import { runtimeMarker } from '../../../electron/launch/runtimeKind';
import { temporaryFolder } from '../launch/temporary';

const root = join(import.meta.dirname, '../../..');
const packages = lock.packages as Record<
  string,
  {
    version?: string;
    integrity?: string;
    resolved?: string;
    hasInstallScript?: boolean;
    inBundle?: boolean;
  }
>;

test('R14: Electron is pinned exactly, and so is everything else', () => {
  const all = { ...packageJson.dependencies, ...packageJson.devDependencies };
  for (const [name, version] of Object.entries(all)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
});

test('R14: the date on record is that of the Electron in use', () => {
  expect(electronRelease.version).toBe(packageJson.devDependencies.electron);
  expect(electronRelease.released).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('R14: an old Electron is warned of, a very old one is refused, an unknown date too', () => {
  const age = (days: number) =>
    electronAge(
      { version: '1.2.3', released: '2026-01-01' },
      new Date(Date.UTC(2026, 0, 1) + days * 86_400_000),
    );
  expect(age(warnAfterDays)).toEqual({ days: warnAfterDays, refused: false });
  expect(age(warnAfterDays + 1)).toMatchObject({ refused: false, complaint: expect.any(String) });
  expect(age(refuseAfterDays + 1)).toMatchObject({ refused: true, complaint: expect.any(String) });
  expect(electronAge({ version: '1.2.3', released: '' }, new Date(0)).refused).toBe(true);
});

test('a package with the evaluation runtime inside is refused', () => {
  const appOutDir = temporaryFolder();
  writeFileSync(join(appOutDir, runtimeMarker), '{}');
  expect(() => guardPackage({ appOutDir })).toThrow();
});

test('R29: install scripts are off, and the lock file holds a hash of every package and no host', () => {
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toContain('ignore-scripts=true');
  for (const [path, entry] of Object.entries(packages)) {
    // What lies inside another package's archive is covered by that one's hash.
    if (path === '' || entry.inBundle) continue;
    expect(entry.integrity, path).toMatch(/^sha512-/);
    expect(entry, path).not.toHaveProperty('resolved');
  }
});

test('R29: what runs needs nothing of node_modules but the SQLite drop-in', () => {
  const allowed = new Set([
    'electron',
    '@photostructure/sqlite',
    '@aws-sdk/signature-v4a', // stands in an error message of the SDK, no import
    ...builtinModules,
  ]);
  const foreign = bundles(join(root, 'dist')).flatMap((file) =>
    importsOf(readFileSync(file, 'utf8'))
      .filter((name) => !/^(node:|\.|file:)/.test(name) && !allowed.has(name))
      .map((name) => `${file.slice(root.length + 1)} imports ${name}`),
  );
  expect(foreign).toEqual([]);
});

/** The bundles that a package contains. */
function bundles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.c?js$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(join(folder, 'launch')));
}

/** Modules that a bundle imports: `from "x"`, `import "x"`, `import("x")`, `require("x")`. */
function importsOf(source: string): string[] {
  const pattern =
    /^(?:import|export)\b[^'"\n]*["']([^"'\n]+)["'];?$|\b(?:import|require)\(["']([^"']+)["']\)/gm;
  return [...source.matchAll(pattern)].map(([, fromName, called]) => fromName ?? called ?? '');
}
