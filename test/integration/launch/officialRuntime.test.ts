import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  downloadOfficial,
  electronPackage,
  findInstalled,
} from '../../../electron/launch/officialRuntime';
import { recordingReport } from '../../unit/launch/temporary';
import { zip } from '../../unit/launch/zip';
import { temporaryFolder } from './processes';

const platformPath =
  process.platform === 'darwin'
    ? 'Electron.app/Contents/MacOS/Electron'
    : process.platform === 'win32'
      ? 'electron.exe'
      : 'electron';
const archive = zip([
  { name: platformPath, content: 'program', mode: 0o100755 },
  { name: 'version', content: '9.9.9' },
]);
const limits = { connectMs: 5_000, stallMs: 5_000 };

/** A checkout with an `electron` package of its own version, its real downloader, and a mirror on loopback. */
async function checkout(send: (response: ServerResponse) => void, sha256 = hash(archive)) {
  const root = temporaryFolder();
  const folder = join(root, 'node_modules', 'electron');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '9.9.9' }));
  const name = `electron-v9.9.9-${process.platform}-${process.arch}.zip`;
  writeFileSync(join(folder, 'checksums.json'), JSON.stringify({ [name]: sha256 }));
  symlinkSync(
    join(import.meta.dirname, '../../../node_modules/@electron'),
    join(root, 'node_modules', '@electron'),
    'junction',
  );
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    send(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  // The electron package's own variables; its cache must not be the operator's.
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${port}/`);
  vi.stubEnv('electron_config_cache', join(root, 'cache'));
  onTestFinished(() => void vi.unstubAllEnvs());
  return { electron: electronPackage(root), asked: () => asked };
}

test('the official binary is downloaded, checked and put where its package looks for it', async () => {
  const { electron, asked } = await checkout((response) => response.end(archive));
  const report = recordingReport();
  const found = await downloadOfficial(electron, report, limits);
  expect(readFileSync(found.executable, 'utf8')).toBe('program');
  expect(readFileSync(join(electron.folder, 'path.txt'), 'utf8')).toBe(platformPath);
  expect(findInstalled(electron)).toEqual(found);
  await downloadOfficial(electron, report, limits);
  expect(asked()).toBe(1);
});

test('two downloads at once ask once', async () => {
  const { electron, asked } = await checkout((response) => response.end(archive));
  const one = () => downloadOfficial(electron, recordingReport(), limits);
  await Promise.all([one(), one()]);
  expect(asked()).toBe(1);
});

test('a binary with another hash is not installed', async () => {
  const { electron } = await checkout((response) => response.end(archive), '0'.repeat(64));
  await expect(downloadOfficial(electron, recordingReport(), limits)).rejects.toMatchObject({
    code: 'unreachable',
  });
  expect(findInstalled(electron)).toBeUndefined();
  expect(existsSync(join(electron.folder, 'dist'))).toBe(false);
});

test.each([
  ['does not answer', () => {}],
  ['stands still in the middle', (response: ServerResponse) => void response.write('PK')],
  ['cuts the connection', (response: ServerResponse) => void response.socket?.destroy()],
  ['has no such file', (response: ServerResponse) => void response.writeHead(404).end()],
])('a server that %s is given up', async (_how, send) => {
  const { electron } = await checkout(send);
  const short = { connectMs: 200, stallMs: 200 };
  await expect(downloadOfficial(electron, recordingReport(), short)).rejects.toMatchObject({
    code: 'unreachable',
  });
  expect(findInstalled(electron)).toBeUndefined();
});

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
