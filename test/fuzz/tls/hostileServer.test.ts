import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanAddress } from '../../../electron/tls/scan';
import { judge } from '../../../shared/model/tls/judge';
import { scanResultSchema, type ScanResult } from '../../../shared/model/tls/result';
import {
  scanParts,
  tlsVersions,
  vulnerabilityIds,
  type TlsVersion,
} from '../../../shared/model/tls/scan';
import { createPki, type Issued, type Pki } from '../../unit/tls/certificate/pki';
import {
  endless,
  faithless,
  garbling,
  speechless,
  startFaithlessServer,
  startHostileServer,
  startStoppedServer,
  type HostileServer,
} from './hostileServers';
import { memoryInUse } from './memory';
import { seeded } from './mutate';
import { serverFlights, serverMessages } from './seeds';

let pki: Pki;
let leaf: Issued;
let flights: Buffer[];
beforeAll(() => {
  pki = createPki();
  leaf = pki.issue('leaf');
  flights = serverFlights(serverMessages(leaf.der));
});
afterAll(() => pki.remove());

const limits = { connectTimeoutMs: 500, answerTimeoutMs: 300, totalMs: 15_000, maxBytes: 2 ** 18 };
const slackMs = 5_000;

describe('a scan ends, and names what is unknown,', () => {
  it.concurrent.each(Object.entries(speechless))(
    'where the server %s',
    async (_name, behaviour) => {
      const result = await scanned(startHostileServer(behaviour, seeded(1)));
      expect(new Set(result.protocols.map(({ offered }) => offered))).toEqual(new Set(['unknown']));
      expect(result.protocols.every(({ why }) => why)).toBe(true);
      expect(verdictsOf(result)).not.toContain('not-vulnerable');
      expect(verdictsOf(result)).not.toContain('vulnerable');
      expect(result.grade.letter).toBeNull();
      expect(result.stats.connections).toBeLessThan(20);
    },
  );

  it.concurrent('where the server accepts nobody', async () => {
    const result = await scanned(startStoppedServer());
    expect(new Set(result.protocols.map(({ offered }) => offered))).toEqual(new Set(['unknown']));
    expect(verdictsOf(result)).not.toContain('not-vulnerable');
  });

  it.concurrent.each(Object.entries(endless))('where the server %s', async (_name, behaviour) => {
    const result = await scanned(startHostileServer(behaviour, seeded(1)));
    expectNoFalseGreen(result);
    // 365 suites are known, and each is asked for twice at most.
    expect(result.stats.connections).toBeLessThan(1000);
  });

  it.concurrent.each(Object.entries(faithless))('where the server %s', async (_name, behaviour) => {
    const certificate = { key: readFileSync(leaf.keyFile), cert: readFileSync(leaf.certFile) };
    const result = await scanned(startFaithlessServer(behaviour, seeded(1), certificate));
    const offered = result.protocols.filter((one) => one.offered === 'yes');
    expect(offered.map(({ version }) => version)).toContain('TLS1.3');
    expect(result.http?.hsts.value).not.toBe('yes');
    expect(result.stats.connections).toBeLessThan(400);
  });

  it('where answers are garbled, and leaves nothing behind', async () => {
    // Slowing down for such a server takes its time: it is cut off, as the operator's limit does.
    const scanGarbled = (seed: number) =>
      scanned(startHostileServer(garbling(flights), seeded(seed)), { totalMs: 3_000 });
    const scanEight = (seed: number) =>
      Promise.all(Array.from({ length: 8 }, (_, more) => scanGarbled(seed + more)));
    await scanEight(0); // warm, before memory is measured
    const before = await memoryInUse();
    for (const seed of [8, 16, 24]) {
      for (const result of await scanEight(seed)) expectNoFalseGreen(result);
    }
    expect((await memoryInUse()) - before).toBeLessThan(16 * 2 ** 20);
  });

  it('at once when it is cancelled', async () => {
    const starting = startHostileServer(speechless['says nothing'] ?? fail, seeded(1));
    const controller = new AbortController();
    const scanning = scanned(starting, { signal: controller.signal });
    await starting;
    const began = performance.now();
    controller.abort(new Error('enough'));
    await expect(scanning).rejects.toThrow('enough');
    expect(performance.now() - began).toBeLessThan(limits.answerTimeoutMs);
  });
});

/** What follows from suites is only ruled out where every list is whole. */
function expectNoFalseGreen(result: ScanResult): void {
  const asked: readonly TlsVersion[] = ['SSLv3', 'TLS1.0', 'TLS1.1', 'TLS1.2'];
  const whole = result.protocols
    .filter(({ version }) => asked.includes(version))
    .every(({ offered, suitesComplete }) => offered === 'no' || suitesComplete);
  for (const { id, verdict } of result.vulnerabilities) {
    if (['freak', 'logjam', 'sweet32', 'rc4', 'lucky13'].includes(id) && !whole) {
      expect(verdict, id).not.toBe('not-vulnerable');
    }
  }
  // Nobody who cannot finish a handshake can be told to refuse what comes after one.
  expect(result.vulnerabilities.find(({ id }) => id === 'robot')?.verdict).not.toBe('vulnerable');
}

function verdictsOf(result: ScanResult): string[] {
  return result.vulnerabilities.map(({ verdict }) => verdict);
}

function fail(): never {
  throw new Error('there is no such behaviour');
}

async function scanned(
  starting: Promise<HostileServer>,
  { signal = new AbortController().signal, totalMs = limits.totalMs } = {},
): Promise<ScanResult> {
  const server = await starting;
  try {
    const began = performance.now();
    const result = await scanAddress(
      { host: 'localhost', port: server.port, address: '127.0.0.1', sni: 'localhost' },
      {
        parts: scanParts,
        maxConnections: 8,
        pauseMs: 0,
        skipProbes: [],
        roots: [],
        dns: { resolveCaa: () => Promise.resolve([]) },
        judge: (observation) => judge(observation, { now: new Date() }),
        now: () => new Date(),
        signal,
        limits: { ...limits, totalMs },
      },
    );
    expect(performance.now() - began).toBeLessThan(totalMs + slackMs);
    expect(scanResultSchema.safeParse(result).error).toBeUndefined();
    expect(result.protocols.map(({ version }) => version)).toEqual(tlsVersions);
    expect(result.vulnerabilities.map(({ id }) => id)).toEqual(vulnerabilityIds);
    const perConnection = result.stats.bytesIn / Math.max(1, result.stats.connections);
    expect(perConnection).toBeLessThan(limits.maxBytes + 2 ** 17);
    return result;
  } finally {
    await server.close();
  }
}
