import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../..');
const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<
  string,
  unknown
>;

// app-builder-lib is electron-builder's own dependency, wherever npm put it.
const require = createRequire(import.meta.url);
const builder = createRequire(require.resolve('electron-builder/package.json'));
const scheme = JSON.parse(
  readFileSync(builder.resolve('app-builder-lib/scheme.json'), 'utf8'),
) as object;
const validate = new Ajv({ strict: false, allErrors: true }).compile(scheme);

test('electron-builder.yml is what electron-builder understands', () => {
  validate(config);
  expect(validate.errors).toBeNull();
});

test('the schema refuses what electron-builder does not know, so the test above can fail', () => {
  expect(validate({ ...config, electronFuse: {} })).toBe(false);
});

test('R19: every fuse is set as the requirements say', () => {
  expect(config['electronFuses']).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  });
});

test('R29: a package holds dist and package.json in an asar and nothing of node_modules', () => {
  expect(config['asar']).toBe(true);
  const files = config['files'] as string[];
  expect(files.filter((pattern) => !pattern.startsWith('!'))).toEqual(['package.json', 'dist/**']);
  expect(files).toContain('!node_modules/**');
  for (const way of ['extraFiles', 'extraResources', 'asarUnpack']) {
    expect(config).not.toHaveProperty(way);
  }
});

test('packages are made from the official Electron: none is named here, and each one is checked', () => {
  expect(config).not.toHaveProperty('electronDist');
  expect(config).not.toHaveProperty('electronDownload');
  expect(config).not.toHaveProperty('electronVersion');
  expect(config['afterPack']).toBe('electron/launch/packagingGuard.mjs');
});

test('claviger:// belongs to the program', () => {
  expect(config['protocols']).toEqual([{ name: 'Claviger', schemes: ['claviger'] }]);
});
