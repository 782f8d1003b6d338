import { execFile } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scanFleet } from '../../electron/tls/fleet/run';
import { createDialer } from '../../electron/tls/net/dialer';
import { probeProtocols } from '../../electron/tls/probe';
import type { ScanJob } from '../../electron/tls/scanJob';
import { startScanThreads } from '../../electron/tls/scanThreads';
import type { ScanResult } from '../../shared/model/tls/result';
import { scanParts } from '../../shared/model/tls/scan';
import { startBlackHoles } from '../integration/tls/support/blackHoles';
import { startDelayProxy } from '../integration/tls/support/delayProxy';
import { startNginx, type NginxServer } from '../integration/tls/support/nginxServer';
import { createCertificates, type Certificates } from '../integration/tls/support/opensslServer';
import { recordFigures, type Figure } from './figures';

const worker = new URL('../../dist/main/tls-worker.js', import.meta.url);
const repetitions = 7;
const roundTripMs = 40;
const endpoints = 500;
const figures: Figure[] = [];
let certificates: Certificates;
let nine: NginxServer;
let hundred: NginxServer;

beforeAll(async () => {
  certificates = createCertificates();
  nine = await nginx(nineSuites);
  hundred = await nginx([
    'ssl_protocols TLSv1 TLSv1.1 TLSv1.2;',
    'ssl_ciphers ALL:eNULL:@SECLEVEL=0;',
    `ssl_dhparam ${await dhParameters()};`,
  ]);
});
afterAll(async () => {
  await Promise.all([nine.close(), hundred.close()]);
  certificates.remove();
  recordFigures('TLS scans', figures);
});

/** Six of TLS 1.2 and three of TLS 1.3. */
const nineSuites = [
  'ssl_protocols TLSv1.2 TLSv1.3;',
  'ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20:!AESCCM:!ARIA;',
];

/** nginx takes DHE suites only with parameters of its own. */
async function dhParameters(): Promise<string> {
  const file = join(certificates.folder, 'dh.pem');
  const group = ['-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048'];
  await promisify(execFile)('openssl', ['genpkey', '-genparam', ...group, '-out', file]);
  return file;
}

async function nginx(directives: readonly string[]): Promise<NginxServer> {
  return startNginx({
    certificates: [await certificates.of('rsa'), await certificates.of('ecdsa')],
    directives,
  });
}

async function enumerate(port: number) {
  const dialer = createDialer({
    target: { address: '127.0.0.1', port, sni: 'localhost' },
    maxConnections: 8,
    pauseMs: 0,
    connectTimeoutMs: 5000,
    readTimeoutMs: 5000,
    maxBytes: 2 ** 20,
    signal: new AbortController().signal,
  });
  const began = performance.now();
  const found = await probeProtocols(dialer, {
    parts: ['protocols', 'suites'],
    answerTimeoutMs: 5000,
  });
  const ms = performance.now() - began;
  const suites = found.protocols.flatMap((protocol) => protocol.suites).length;
  return { ms, suites, connections: dialer.stats.connections };
}

async function sslscan(port: number): Promise<number> {
  const began = performance.now();
  await promisify(execFile)('sslscan', ['--no-colour', `127.0.0.1:${port}`]);
  return performance.now() - began;
}

it.each([
  ['9', () => nine.port, 9, 30],
  ['123', () => hundred.port, 123, 170],
] as const)(
  'enumerates a server with %s suites in half of sslscan’s time',
  async (name, port, suites, connections) => {
    const ours: number[] = [];
    const theirs: number[] = [];
    let most = 0;
    for (let i = 0; i < repetitions; i += 1) {
      const found = await enumerate(port());
      expect(found.suites).toBe(suites);
      ours.push(found.ms);
      most = Math.max(most, found.connections);
      theirs.push(await sslscan(port()));
    }
    const goal = `at most half of sslscan's (${Math.round(median(theirs))} ms)`;
    figures.push(
      {
        what: `Versions, suites and groups of a server with ${name} suites`,
        value: median(ours),
        unit: 'ms',
        goal,
      },
      {
        what: `Connections for a server with ${name} suites`,
        value: most,
        unit: 'connections',
        ...(suites === 9 && { goal: 'at most 30' }),
      },
    );
    expect(most).toBeLessThanOrEqual(connections);
  },
);

it.each([
  ['9', () => nine.port, 1.0],
  ['123', () => hundred.port, 1.2],
] as const)('takes %s suites from a distance', async (name, port, goal) => {
  for (const withConnect of [false, true]) {
    const proxy = await startDelayProxy(port(), roundTripMs, { withConnect });
    const times: number[] = [];
    for (let i = 0; i < repetitions; i += 1) times.push((await enumerate(proxy.port)).ms);
    await proxy.close();
    const what = `The same at a round trip of ${roundTripMs} ms, ${name} suites`;
    figures.push({
      what: withConnect ? `${what}, connecting takes one too` : what,
      value: median(times) / 1000,
      unit: 's',
      ...(!withConnect && { goal: `at most ${goal} s` }),
    });
    expect(times).toHaveLength(repetitions);
  }
});

it('scans one server in full, with its grade', async () => {
  const scanner = startScanThreads(worker, 1);
  const signal = new AbortController().signal;
  const times: number[] = [];
  for (let i = 0; i < repetitions; i += 1) {
    const began = performance.now();
    const result = await scanner.scan(jobOf(nine.port, '127.0.0.1'), signal);
    times.push(performance.now() - began);
    expect(result.grade).toBeDefined();
  }
  await scanner.close();
  figures.push({
    what: 'Full scan with grade',
    value: median(times) / 1000,
    unit: 's',
    goal: 'at most 3 s',
  });
});

it('scans 500 endpoints in full, also with black holes among them', async () => {
  const first = await scanMany([]);
  figures.push(
    {
      what: `${endpoints} endpoints in full`,
      value: first.seconds,
      unit: 's',
      goal: 'at most 60 s',
    },
    { what: 'Memory that this took', value: first.megabytes, unit: 'MB', goal: 'at most 200 MB' },
    {
      what: 'The main loop meanwhile, 99th percentile',
      value: first.p99Ms,
      unit: 'ms',
      goal: 'under 50 ms',
    },
  );
  const holes = await startBlackHoles(endpoints / 20);
  const second = await scanMany(holes.addresses);
  await holes.close();
  expect(second.unreachable).toBe(endpoints / 20);
  figures.push({
    what: 'The same with 5 % black holes',
    value: second.seconds,
    unit: 's',
    goal: `at most 20 % longer (${(first.seconds * 1.2).toFixed(1)} s)`,
  });
});

/** Each endpoint is an address of loopback of its own: `127.0.1.1` and so on, all the same nginx. */
async function scanMany(holes: readonly { address: string; port: number }[]) {
  const own = Array.from(
    { length: endpoints },
    (_, index) => `127.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`,
  );
  const server = await startNginx({
    certificates: [await certificates.of('rsa'), await certificates.of('ecdsa')],
    directives: nineSuites,
    addresses: own,
  });
  const targets = own.map(
    (address, index) =>
      (index % 20 === 19 && holes[(index - 19) / 20]) || { address, port: server.port },
  );
  const scanner = startScanThreads(worker, 1);
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100);
  const results: ScanResult[] = [];
  const began = performance.now();
  loop.enable();
  await scanFleet(
    targets.map(({ address, port }) => ({ endpoint: { host: address, port, sni: '' } })),
    {
      concurrency: 16,
      connectionsPerHost: 8,
      pauseMs: 0,
      findAddresses: (host) => Promise.resolve({ addresses: [host] }),
      scan: ({ endpoint: { port } }, { address }, { connections }, signal) =>
        scanner.scan({ ...jobOf(port, address), maxConnections: connections }, signal),
      onDefect: (error) => {
        throw error;
      },
      untried: () => {
        throw new Error('Every endpoint has an address.');
      },
      onDone: (_, found) => results.push(...found),
      signal: new AbortController().signal,
    },
  );
  loop.disable();
  const seconds = (performance.now() - began) / 1000;
  clearInterval(watch);
  await scanner.close();
  await server.close();
  expect(results).toHaveLength(endpoints);
  const reached = results.filter(({ reachable }) => reachable);
  expect(
    new Set(reached.map(({ protocols }) => protocols.flatMap(({ suites }) => suites).length)),
  ).toEqual(new Set([9]));
  return {
    seconds,
    megabytes: (peak - before) / 1e6,
    p99Ms: loop.percentile(99) / 1e6 - 5,
    unreachable: results.length - reached.length,
  };
}

function jobOf(port: number, address: string): ScanJob {
  return {
    host: address,
    port,
    address,
    sni: null,
    parts: [...scanParts],
    maxConnections: 8,
    pauseMs: 0,
    skipProbes: [],
    revocation: false,
    elbPolicies: [],
    clientCertificateExpected: false,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
