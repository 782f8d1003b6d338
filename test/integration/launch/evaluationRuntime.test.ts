import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvaluationSpec } from '../../../electron/launch/evaluationRuntime';
import { runtimeMarker } from '../../../electron/launch/runtimeKind';
import { buildDriver, killHard, start, temporaryFolder } from './processes';
import { fakePackage, npmEnv, startRegistry } from './registry';

// The real npm fetches from a registry on loopback; the runtime needs the system's tar, so Linux only.
describe.runIf(process.platform === 'linux')('the evaluation runtime', () => {
  let buildDir: string;
  let driver: string;
  beforeAll(async () => {
    buildDir = mkdtempSync(join(tmpdir(), 'claviger-driver-'));
    driver = await buildDriver(buildDir);
  });
  afterAll(() => rmSync(buildDir, { recursive: true, force: true }));

  const ensure = (spec: EvaluationSpec, cacheDir: string, env: NodeJS.ProcessEnv) =>
    start([driver, 'ensure', JSON.stringify({ spec, cacheDir })], env);

  test('is downloaded, put together and found again without the network', async () => {
    const { spec, tarball } = fakePackage();
    const cacheDir = temporaryFolder();
    const registry = await startRegistry(tarball);
    const { result, log } = await ensure(spec, cacheDir, registry.env).ended;
    const executable = String(result.value);
    const folder = dirname(executable);
    expect(log).toContain('is ready in');
    expect(executable).toMatch(/\/electron$/);
    expect(statSync(executable).mode & 0o111).toBe(0o111);
    // Fuses: node's --inspect on, the browser's own snapshot off.
    expect(readFileSync(executable).subarray(-8).toString()).toBe('00010000');
    expect(readFileSync(join(folder, 'version'), 'utf8')).toBe('1.0.0');
    expect(readdirSync(folder).sort()).toEqual(
      ['electron', 'locales', 'resources', 'version', runtimeMarker].sort(),
    );
    expect(readdirSync(join(folder, 'resources/app')).sort()).toEqual([
      'loader.mjs',
      'package.json',
    ]);
    expect(readdirSync(cacheDir)).toHaveLength(1);

    const again = await ensure(spec, cacheDir, npmEnv(1)).ended;
    expect(again.result.value).toBe(executable);
    expect(registry.downloads()).toBe(1);
  });

  test('is downloaded once by two starts at the same time', async () => {
    const { spec, tarball } = fakePackage();
    const cacheDir = temporaryFolder();
    const registry = await startRegistry(tarball);
    const both = [1, 2].map(() => ensure(spec, cacheDir, registry.env).ended);
    const [first, second] = await Promise.all(both);
    expect(first?.result.value).toBeTruthy();
    expect(second?.result.value).toBe(first?.result.value);
    expect(registry.downloads()).toBe(1);
  });

  test('is fetched anew by the next start where one was killed during the download', async () => {
    const { spec, tarball } = fakePackage();
    const cacheDir = temporaryFolder();
    let asked = () => {};
    const download = new Promise<void>((resolve) => (asked = resolve));
    const hanging = await startRegistry(tarball, (response) => {
      response.write(tarball.subarray(0, 10));
      asked();
    });
    const cut = ensure(spec, cacheDir, hanging.env);
    await download;
    await killHard(cut);
    expect(readdirSync(cacheDir).every((name) => name.includes('.part-'))).toBe(true);

    const registry = await startRegistry(tarball);
    const { result } = await ensure(spec, cacheDir, registry.env).ended;
    expect(result.value).toBeTruthy();
    expect(readdirSync(cacheDir)).toHaveLength(1);
  });

  test('is not put together from a tarball or zip file with another hash', async () => {
    const { spec, tarball } = fakePackage();
    const wrong = [
      { ...spec, integrity: spec.integrity.replace(/.{8}==$/, 'AAAAAAAA==') },
      { ...spec, zipSha256: '0'.repeat(64) },
    ];
    for (const bad of wrong) {
      const cacheDir = temporaryFolder();
      const registry = await startRegistry(tarball);
      const { result } = await ensure(bad, cacheDir, registry.env).ended;
      expect(result.error?.code).toBe('bad-response');
      expect(readdirSync(cacheDir)).toEqual([]);
    }
  });

  test.each([
    ['is cut', (response: ServerResponse) => response.socket?.destroy()],
    [
      'is shorter than announced',
      (response: ServerResponse) => {
        response.setHeader('content-length', 1_000_000);
        response.write('abc');
        response.socket?.end();
      },
    ],
    [
      'is refused',
      (response: ServerResponse) => {
        response.statusCode = 403;
        response.end();
      },
    ],
  ])('gives a sentence and leaves nothing where the download %s', async (_how, misbehave) => {
    const { spec, tarball } = fakePackage();
    const cacheDir = temporaryFolder();
    const registry = await startRegistry(tarball, misbehave);
    const { result } = await ensure(spec, cacheDir, registry.env).ended;
    expect(result.error?.code).toBe('unreachable');
    expect(result.error?.message).toContain('npm could not get @fake/binary@1.2.3');
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  test('gives a sentence where no registry answers', async () => {
    const { spec } = fakePackage();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const { result } = await ensure(spec, temporaryFolder(), npmEnv(port)).ended;
    expect(result.error?.code).toBe('unreachable');
  });
});
