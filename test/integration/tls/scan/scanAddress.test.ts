import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { rootStore } from '../../../../electron/tls/certificate';
import { scanAddress, type ScanOptions } from '../../../../electron/tls/scan';
import { judge } from '../../../../shared/model/tls/judge';
import { scanResultSchema } from '../../../../shared/model/tls/result';
import { scanParts } from '../../../../shared/model/tls/scan';
import { startNginx } from '../support/nginxServer';
import { startOldServer } from '../support/oldServer';
import { createCertificates, type Certificates } from '../support/opensslServer';
import { fatalAlert, protocolVersion, startScriptedServer } from '../support/scriptedServer';

let certificates: Certificates;
beforeAll(() => {
  certificates = createCertificates();
});
afterAll(() => certificates.remove());

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

const now = () => new Date();

async function scan(port: number, options: Partial<ScanOptions> = {}) {
  const { cert } = await certificates.of('rsa');
  return scanAddress(
    { host: 'localhost', port, address: '127.0.0.1', sni: 'localhost' },
    {
      parts: scanParts,
      maxConnections: 8,
      pauseMs: 0,
      skipProbes: [],
      roots: [rootStore('own', [readFileSync(cert, 'utf8')])],
      dns: { resolveCaa: () => Promise.resolve([]) },
      judge: (observation) => judge(observation, { now: now() }),
      now,
      signal: new AbortController().signal,
      ...options,
    },
  );
}

async function nginx(...directives: string[]): Promise<number> {
  const server = await startNginx({ certificates: [await certificates.of('rsa')], directives });
  started.push(server);
  return server.port;
}

describe('a full scan', () => {
  it('puts all parts together and judges them', async () => {
    const told: string[] = [];
    const result = await scan(await nginx('ssl_protocols TLSv1.2 TLSv1.3;'), {
      onPart: (part) => told.push(part),
    });
    expect(scanResultSchema.safeParse(result).error).toBeUndefined();
    expect(told.toSorted()).toEqual([...scanParts].toSorted());
    expect(result.reachable).toBe(true);
    expect(result.features?.secureRenegotiation.value).toBe('yes');
    expect(result.certificates).toHaveLength(1);
    expect(result.http?.status).toBe(200);
    expect(result.vulnerabilities.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
    expect(result.grade.missing).toEqual([]);
    // OpenSSL's certificate names no host in its subject alternative name.
    expect(result.grade.letter).toBe('M');
    expect(result.stats.connections).toBeLessThan(120);
  });

  it('sees what is frightful', async () => {
    const { cert, key } = await certificates.of('rsa');
    const pems = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
    const server = await startOldServer('0.10.0', { ...pems, ciphers: 'ALL:eNULL' });
    started.push(server);
    const result = await scan(server.port);
    const caps = result.grade.caps.map(({ letter }) => letter);
    expect(caps).toContain('F');
    const vulnerable = result.vulnerabilities
      .filter(({ verdict }) => verdict === 'vulnerable')
      .map(({ id }) => id);
    expect(vulnerable).toEqual(
      expect.arrayContaining(['heartbleed', 'ccs-injection', 'poodle-ssl']),
    );
  });

  it('asks no more than what is wanted', async () => {
    const result = await scan(await nginx('ssl_protocols TLSv1.3;'), {
      parts: ['protocols', 'suites'],
    });
    expect(result).toMatchObject({ parts: ['protocols', 'suites'], certificates: [] });
    expect(result.features).toBeUndefined();
    expect(result.http).toBeUndefined();
    expect(result.vulnerabilities).toEqual([]);
    expect(result.grade.letter).toBeNull();
    expect(result.stats.connections).toBeLessThanOrEqual(25);
  });
});

describe('what cannot be seen', () => {
  it('is an address that cannot be reached', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const result = await scan(port);
    expect(result).toMatchObject({ reachable: false, unreachable: 'The connection was refused.' });
    expect(result.protocols.map(({ offered }) => offered)).toEqual(Array(6).fill('unknown'));
    expect(result.grade.letter).toBeNull();
    expect(result.stats.connections).toBe(1);
  });

  it('is a server that only refuses: it has no version, no grade and no certificate', async () => {
    const server = await startScriptedServer(
      (_, socket) => void socket.end(fatalAlert(protocolVersion)),
    );
    started.push(server);
    const result = await scan(server.port);
    expect(result.protocols.map(({ offered }) => offered)).toEqual(Array(6).fill('no'));
    expect(result.grade.letter).toBeNull();
    expect(result.certificates).toEqual([]);
  });

  it('is what a tarpit has not told when the time is over', async () => {
    const server = await startScriptedServer(() => {});
    started.push(server);
    const result = await scan(server.port, { limits: { totalMs: 300 } });
    expect(result.protocols.map(({ offered }) => offered)).toEqual(Array(6).fill('unknown'));
    expect(result.notes.join(' ')).toContain('ended after 0.3 s');
    await expect.poll(() => server.open()).toBe(0);
  });
});

it('a cancelled scan rejects with the reason', async () => {
  const cancel = new AbortController();
  const reason = new Error('enough');
  const port = await nginx('ssl_protocols TLSv1.2 TLSv1.3;');
  const scanning = scan(port, { signal: cancel.signal, onPart: () => cancel.abort(reason) });
  await expect(scanning).rejects.toBe(reason);
});
