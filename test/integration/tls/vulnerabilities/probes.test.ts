import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { probeVulnerabilities } from '../../../../electron/tls/vulnerabilities';
import { suiteId, suiteName } from '../../../../shared/model/tls/registry';
import {
  tlsVersions,
  vulnerabilityIds,
  type ProtocolResult,
  type TlsVersion,
  type Vulnerability,
  type VulnerabilityId,
} from '../../../../shared/model/tls/scan';
import { isRight, startFaultyServer, startsRight, type Faults } from '../support/faultyServer';
import { loopbackDialer } from '../support/loopbackDialer';
import type { OldNodeVersion } from '../support/oldNode';
import { oldNodeRuns } from '../support/oldNode';
import { startOldServer } from '../support/oldServer';
import {
  createCertificates,
  startOpensslServer,
  type Certificates,
} from '../support/opensslServer';

let certificates: Certificates;
let pem: { key: string; cert: string };
const open: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  certificates = createCertificates();
  const files = await certificates.of('rsa');
  pem = { key: await readFile(files.key, 'utf8'), cert: await readFile(files.cert, 'utf8') };
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
afterAll(() => certificates.remove());

const aes128Sha = 0x002f;
const active = ['heartbleed', 'ccs-injection', 'ticketbleed', 'robot', 'poodle-tls'] as const;

describe.runIf(oldNodeRuns)('against stacks of their time', () => {
  const versions: TlsVersion[] = ['TLS1.0', 'TLS1.1', 'TLS1.2'];

  it.each(versions)(
    'OpenSSL 1.0.1e has Heartbleed and takes an early change in %s',
    async (version) => {
      const found = await probeOld('0.10.0', version, ['heartbleed', 'ccs-injection']);
      expect(found.get('heartbleed')?.verdict).toBe('vulnerable');
      expect(found.get('ccs-injection')?.verdict).toBe('vulnerable');
    },
  );

  it('OpenSSL 1.0.1e has Heartbleed in SSLv3 too, and lives on', async () => {
    const server = await old('0.10.0');
    for (let again = 0; again < 2; again += 1) {
      const found = await probe(server.port, 'SSLv3', [aes128Sha], ['heartbleed']);
      expect(found.get('heartbleed')?.verdict).toBe('vulnerable');
    }
  });

  it.each([
    ['0.8.28', 'TLS1.0'],
    ['0.12.18', 'TLS1.2'],
    ['6.17.1', 'TLS1.2'],
    ['10.24.1', 'TLS1.2'],
    ['26.10.0', 'TLS1.2'],
  ] as const)('Node %s has none of them in %s', async (node, version) => {
    const found = await probeOld(node, version, active);
    for (const id of active) {
      expect(found.get(id), id).toMatchObject({ verdict: 'not-vulnerable' });
    }
  });
});

it("Debian's OpenSSL has none of them", async () => {
  const args = ['-www', '-cipher', 'AES128-SHA:@SECLEVEL=0'];
  const server = await startOpensslServer(await certificates.of('rsa'), args);
  open.push(server);
  const found = await probe(server.port, 'TLS1.2', [aes128Sha], active);
  for (const id of active) expect(found.get(id)?.verdict, id).toBe('not-vulnerable');
});

describe('ROBOT', () => {
  it('is a weak oracle where only a right key exchange stands out', async () => {
    const robot = await probeFaulty(
      { keyExchangeAlert: (block) => (isRight(block) ? undefined : 51) },
      'robot',
    );
    expect(robot).toMatchObject({ verdict: 'vulnerable', why: expect.stringContaining('weak') });
    expect(robot.why).toContain('alert 51');
  });

  it('is a strong oracle where the first bytes alone stand out', async () => {
    const robot = await probeFaulty(
      { keyExchangeAlert: (block) => (startsRight(block) ? undefined : 47) },
      'robot',
    );
    expect(robot).toMatchObject({ verdict: 'vulnerable', why: expect.stringContaining('strong') });
  });

  it('is found where the difference is silence', async () => {
    const robot = await probeFaulty(
      { keyExchangeSilence: (block) => !startsRight(block) },
      'robot',
    );
    expect(robot).toMatchObject({ verdict: 'vulnerable', why: expect.stringContaining('silence') });
  });

  it('is unknown where answers differ at random', async () => {
    let count = 0;
    const fault = { keyExchangeAlert: () => 40 + (count++ % 7) };
    expect(await probeFaulty(fault, 'robot')).toMatchObject({ verdict: 'unknown' });
  });

  it('is not read into a difference that never comes again', async () => {
    let count = 0;
    const fault = { keyExchangeAlert: () => (count++ === 0 ? 80 : 51) };
    expect(await probeFaulty(fault, 'robot')).toMatchObject({ verdict: 'not-vulnerable' });
  });

  it('is unknown where nothing is ever answered', async () => {
    const robot = await probeFaulty({ keyExchangeSilence: () => true }, 'robot');
    expect(robot.verdict).toBe('unknown');
  });

  it('does not exist without RSA key exchange, and costs no connection', async () => {
    const dialer = loopbackDialer(1);
    const protocols = offering('TLS1.2', [0xc02f]);
    const found = await probeVulnerabilities(dialer, {
      protocols,
      dhParameters: [],
      skip: allBut(['robot']),
    });
    expect(found.find(({ id }) => id === 'robot')?.verdict).toBe('not-vulnerable');
    expect(dialer.stats.connections).toBe(0);
  });
});

describe('POODLE against TLS', () => {
  it('is found where the padding is not checked', async () => {
    const found = await probeFaulty({ padding: 'unchecked' }, 'poodle-tls');
    expect(found).toEqual({
      id: 'poodle-tls',
      verdict: 'vulnerable',
      why: 'A request with wrong CBC padding is answered.',
    });
  });

  it('is not read into a server that talks first, nor ruled out there', async () => {
    const found = await probeFaulty({ greeting: '220 mail.test\r\n' }, 'poodle-tls');
    expect(found.verdict).toBe('unknown');
  });

  it('has kin: wrong padding that is told from a wrong MAC', async () => {
    const found = await probeFaulty({ padding: 'tells' }, 'poodle-tls');
    expect(found).toMatchObject({
      verdict: 'vulnerable',
      why: expect.stringContaining('alert 21'),
    });
  });
});

describe('Ticketbleed', () => {
  it('is found by the length of the answer, which is not shown', async () => {
    const found = await probeFaulty({ longSessionIds: true }, 'ticketbleed');
    expect(found.verdict).toBe('vulnerable');
    expect(found.why).not.toMatch(/6d|m{2}/);
  });

  it('is unknown where no ticket is taken up', async () => {
    const found = await probeFaulty({ forgetsTickets: true }, 'ticketbleed');
    expect(found.verdict).toBe('unknown');
  });
});

describe('early change_cipher_spec', () => {
  it('is found by the alert for what comes after it', async () => {
    const found = await probeFaulty({ earlyChange: 'taken' }, 'ccs-injection');
    expect(found).toMatchObject({
      verdict: 'vulnerable',
      why: expect.stringContaining('alert 20'),
    });
  });

  it('is not read into a server that drops it', async () => {
    const found = await probeFaulty({ earlyChange: 'ignored' }, 'ccs-injection');
    expect(found.verdict).toBe('not-vulnerable');
  });
});

it('a sound server of the same making has none of them', async () => {
  const server = await startFaultyServer(pem);
  open.push(server);
  const found = await probe(server.port, 'TLS1.2', [aes128Sha], active);
  for (const id of active) expect(found.get(id)?.verdict, id).toBe('not-vulnerable');
});

describe('what cannot be asked', () => {
  it('is unknown, with the reason, where nobody listens', async () => {
    const server = await startFaultyServer(pem);
    await server.close();
    const found = await probe(server.port, 'TLS1.2', [aes128Sha], active);
    for (const id of active) {
      expect(found.get(id), id).toMatchObject({
        verdict: 'unknown',
        why: expect.stringMatching(/refused/),
      });
    }
  });

  it('is not-tested where switched off, and the list is whole', async () => {
    const dialer = loopbackDialer(1);
    const found = await probeVulnerabilities(dialer, {
      protocols: offering('TLS1.2', [aes128Sha]),
      dhParameters: [],
      skip: vulnerabilityIds,
    });
    expect(found.map(({ id }) => id)).toEqual(vulnerabilityIds);
    expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['not-tested']));
    expect(dialer.stats.connections).toBe(0);
  });

  it('ends with the reason of the signal when the scan is cancelled', async () => {
    const server = await startFaultyServer(pem, { keyExchangeSilence: () => true });
    open.push(server);
    const controller = new AbortController();
    const dialer = loopbackDialer(server.port, { signal: controller.signal });
    const probing = probeVulnerabilities(dialer, {
      protocols: offering('TLS1.2', [aes128Sha]),
      dhParameters: [],
      skip: [],
    });
    controller.abort(new Error('enough'));
    await expect(probing).rejects.toThrow('enough');
  });
});

async function old(node: OldNodeVersion) {
  const ciphers = node.length > 6 ? 'AES128-SHA:@SECLEVEL=0' : 'AES128-SHA';
  const server = await startOldServer(node, { ...pem, ciphers });
  open.push(server);
  return server;
}

async function probeOld(
  node: OldNodeVersion,
  version: TlsVersion,
  ids: readonly VulnerabilityId[],
) {
  return probe((await old(node)).port, version, [aes128Sha], ids);
}

async function probeFaulty(faults: Faults, id: VulnerabilityId): Promise<Vulnerability> {
  const server = await startFaultyServer(pem, faults);
  open.push(server);
  const found = (await probe(server.port, 'TLS1.2', [aes128Sha], [id])).get(id);
  if (!found) throw new Error(`nothing was said of ${id}`);
  return found;
}

async function probe(
  port: number,
  version: TlsVersion,
  suites: readonly number[],
  ids: readonly VulnerabilityId[],
): Promise<Map<VulnerabilityId, Vulnerability>> {
  const found = await probeVulnerabilities(loopbackDialer(port), {
    protocols: offering(version, suites),
    dhParameters: [],
    skip: allBut(ids),
  });
  return new Map(found.map((one) => [one.id, one]));
}

function allBut(ids: readonly VulnerabilityId[]): VulnerabilityId[] {
  return vulnerabilityIds.filter((id) => !ids.includes(id));
}

/** What an enumeration would have found: these suites in that version, and no other version. */
function offering(only: TlsVersion, suites: readonly number[]): ProtocolResult[] {
  return tlsVersions.map((version) => ({
    version,
    offered: version === only ? 'yes' : 'no',
    suites:
      version === only ? suites.map((code) => ({ id: suiteId(code), name: suiteName(code) })) : [],
    suitesComplete: true,
    preference: 'unknown',
  }));
}
