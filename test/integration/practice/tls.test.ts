import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice';
import { authorityFile } from '../../../electron/practice/tls/servers';
import { createScanHere } from '../../../electron/tls/scanHere';
import { compareScans } from '../../../shared/model/tls/differences';
import type { ScanResult } from '../../../shared/model/tls/result';
import { scanParts } from '../../../shared/model/tls/scan';
import { askControl } from './askControl';

let practice: Practice;
let stateDir: string;
beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'claviger-practice-tls-'));
  practice = await startPractice({ stateDir, seed: 'empty' });
});
afterAll(async () => {
  await practice.close();
  rmSync(stateDir, { recursive: true, force: true });
});

const patienceMs = 120_000;

async function scan(name: string): Promise<ScanResult> {
  const server = practice.tlsServers.find((one) => one.name === `Practice: ${name}`);
  if (!server) throw new Error(`There is no server ${name}`);
  const job = {
    host: server.host,
    port: server.port,
    sni: server.sni,
    address: '127.0.0.1',
    parts: scanParts,
    maxConnections: 8,
    pauseMs: 0,
    skipProbes: [],
    revocation: false,
    elbPolicies: [],
    ownCa: { name: 'practice', path: join(stateDir, authorityFile) },
    clientCertificateExpected: server.clientCertificate ?? false,
  };
  return createScanHere()(job, new AbortController().signal);
}

const control = (path: string, body: object) => askControl(practice, path, body);

function offered({ protocols }: ScanResult): string[] {
  return protocols.filter((one) => one.offered === 'yes').map(({ version }) => version);
}

function rules({ grade }: ScanResult): string[] {
  return [...grade.caps, ...grade.warnings].map(({ rule }) => rule);
}

describe('the practice TLS servers', () => {
  it.each([
    ['modern', 'A+', ['TLS1.3'], []],
    ['as a load balancer', 'A+', ['TLS1.2', 'TLS1.3'], []],
    ['RSA and ECDSA', 'A+', ['TLS1.2', 'TLS1.3'], []],
    ['expired', 'T', ['TLS1.2', 'TLS1.3'], ['chain-untrusted', 'expired']],
    ['wrong host', 'M', ['TLS1.2', 'TLS1.3'], ['host-mismatch']],
    ['self-signed', 'T', ['TLS1.2', 'TLS1.3'], ['self-signed']],
    ['incomplete chain', 'T', ['TLS1.2', 'TLS1.3'], ['chain-untrusted']],
    ['client certificates', null, ['TLS1.2', 'TLS1.3'], []],
  ])(
    '%s: grade %s',
    async (name, letter, versions, found) => {
      const result = await scan(name);
      expect(offered(result)).toEqual(versions);
      expect(rules(result)).toEqual(found);
      expect(result.grade.letter).toBe(letter);
    },
    patienceMs,
  );

  it(
    'are as the load balancer’s policy says, and show both certificates',
    async () => {
      const balancer = await scan('as a load balancer');
      expect(balancer.elbPolicy.equal).toEqual(['ELBSecurityPolicy-TLS13-1-2-Res-2021-06']);
      const { certificates } = await scan('RSA and ECDSA');
      const kinds = new Set(certificates.map(({ chain }) => chain[0]?.key.type));
      expect(kinds).toEqual(new Set(['EC', 'RSA']));
      expect((await scan('client certificates')).features?.clientCertificate.value).toBe(
        'required',
      );
    },
    patienceMs,
  );

  it(
    'has a frightful one that speaks what no library of today does',
    async () => {
      const result = await scan('frightful');
      expect(offered(result)).toEqual(['SSLv2', 'SSLv3', 'TLS1.0', 'TLS1.1']);
      expect(result.grade.letter).toBe('F');
      expect(rules(result)).toEqual(
        expect.arrayContaining(['ssl2', 'export', 'drown', 'rc4', 'poodle-ssl', 'cipher-weak']),
      );
      const ssl2 = result.protocols.find(({ version }) => version === 'SSLv2');
      expect(ssl2?.suites.map(({ id }) => id)).toContain('0x010080');
      const vulnerable = result.vulnerabilities.filter(({ verdict }) => verdict === 'vulnerable');
      expect(vulnerable.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['freak', 'logjam', 'drown', 'poodle-ssl', 'rc4', 'sweet32']),
      );
    },
    patienceMs,
  );

  it(
    'change at the operator’s word, and a second scan tells what changed',
    async () => {
      const before = await scan('as a load balancer');
      await control('tls', { server: 'intermediate', as: 'old' });
      const after = await scan('as a load balancer');
      const told = compareScans(before, after);
      expect(told).toContainEqual(
        expect.objectContaining({ direction: 'worse', what: 'TLS 1.0 is offered again.' }),
      );
      expect(told).toContainEqual(
        expect.objectContaining({ about: 'grade', what: 'The grade went from A+ to B.' }),
      );
      await control('tls', { server: 'intermediate' });
      expect(offered(await scan('as a load balancer'))).toEqual(['TLS1.2', 'TLS1.3']);
    },
    patienceMs,
  );

  it('can show a certificate that ends in five days, and one that has', async () => {
    await control('tls', { server: 'intermediate', as: 'expires-soon' });
    const soon = await scan('as a load balancer');
    expect([soon.grade.letter, soon.certificates[0]?.daysLeft]).toEqual(['A+', 4]);
    expect(soon.certificates[0]?.validity).toMatchObject({ value: 'fail' });
    await control('tls', { server: 'intermediate', as: 'expired' });
    expect((await scan('as a load balancer')).grade.letter).toBe('T');
    await control('tls', { server: 'intermediate' });
  });

  it('take no name that is not theirs', async () => {
    await expect(control('tls', { server: 'expires-soon' })).rejects.toThrow('400');
    await expect(control('tls', { server: 'modern', as: 'better' })).rejects.toThrow('400');
  });

  it('end the connections that they have with the account', async () => {
    const other = await startPractice({ seed: 'empty' });
    const sockets = other.tlsServers.map(({ host, port }) => connect(port, host).resume());
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const closed = sockets.map((socket) => once(socket, 'close'));
    await other.close();
    await Promise.all(closed);
    const refused = connect(other.tlsServers[0]?.port ?? 0, '127.0.0.1');
    await expect(once(refused, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it(
    'have certificates that end as the account’s clock goes',
    async () => {
      await control('clock', { advance: 'P50D' });
      expect((await scan('modern')).certificates[0]?.daysLeft).toBe(8);
      await control('clock', { advance: '-P50D' });
      expect((await scan('modern')).certificates[0]?.daysLeft).toBe(58);
    },
    patienceMs,
  );

  it('keep ports and keys from run to run', async () => {
    const ports = practice.tlsServers.map(({ port }) => port);
    const rootKey = () =>
      new X509Certificate(readFileSync(join(stateDir, authorityFile))).publicKey.export({
        format: 'jwk',
      });
    const before = rootKey();
    await practice.close();
    practice = await startPractice({ stateDir, seed: 'empty' });
    expect(practice.tlsServers.map(({ port }) => port)).toEqual(ports);
    await scan('modern');
    expect(rootKey()).toEqual(before);
  });
});
