import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EvaluationSpec } from '../../../electron/launch/evaluationRuntime';
import { zip } from '../../unit/launch/zip';
import { temporaryFolder } from './processes';

/** Where the fuses lie in an Electron executable (electron/fuses); all are off but the snapshot's. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 8]),
  Buffer.from('00000010'),
]);

/** A small package of the same make as the real one, with the spec that describes it. */
export function fakePackage(): { spec: EvaluationSpec; tarball: Buffer } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'package'));
  const archive = zip([
    { name: 'Fake/Fake', content: Buffer.concat([Buffer.from('ELF'), fuseWire]), mode: 0o100755 },
    { name: 'Fake/locales/en.pak', content: 'text' },
    { name: 'Fake/resources/app/index.js', content: "somebody else's application" },
    { name: 'Fake/browser_v8_context_snapshot.bin', content: 'snapshot' },
  ]);
  writeFileSync(join(folder, 'package', 'fake.zip'), archive);
  const manifest = { name: '@fake/binary', version: '1.2.3' };
  writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify(manifest));
  execFileSync('tar', ['-czf', 'fake.tgz', 'package'], { cwd: folder });
  const tarball = readFileSync(join(folder, 'fake.tgz'));
  const spec: EvaluationSpec = {
    packageSpec: '@fake/binary@1.2.3',
    integrity: integrityOf(tarball),
    tarballBytes: tarball.length,
    zipEntry: 'package/fake.zip',
    zipSha256: createHash('sha256').update(archive).digest('hex'),
    folder: 'Fake',
    executable: 'Fake',
    electronVersion: '1.0.0',
  };
  return { spec, tarball };
}

export interface Registry {
  readonly env: NodeJS.ProcessEnv;
  /** How often the tarball was asked for. */
  downloads(): number;
}

/** A registry on loopback that has the package; `sendTarball` may misbehave. */
export async function startRegistry(
  tarball: Buffer,
  sendTarball: (response: ServerResponse) => void = (response) => response.end(tarball),
): Promise<Registry> {
  let downloads = 0;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) {
      downloads += 1;
      sendTarball(response);
      return;
    }
    const { port } = server.address() as AddressInfo;
    const dist = {
      tarball: `http://127.0.0.1:${port}/fake.tgz`,
      integrity: integrityOf(tarball),
    };
    const version = { name: '@fake/binary', version: '1.2.3', dist };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        name: '@fake/binary',
        'dist-tags': { latest: '1.2.3' },
        versions: { '1.2.3': version },
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { env: npmEnv((server.address() as AddressInfo).port), downloads: () => downloads };
}

/** npm with that registry alone, and without the machine's own settings. */
export function npmEnv(port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: temporaryFolder(),
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_fetch_retries: '0',
    npm_config_update_notifier: 'false',
  };
}

function integrityOf(bytes: Buffer): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}
