import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { probeProtocols } from '../../../../electron/tls/probe';
import type { TlsVersion } from '../../../../shared/model/tls/scan';
import { loopbackDialer } from '../support/loopbackDialer';
import { startNginx } from '../support/nginxServer';
import { startOldServer } from '../support/oldServer';
import {
  createCertificates,
  startOpensslServer,
  type Certificates,
} from '../support/opensslServer';

let certificates: Certificates;
beforeAll(() => {
  certificates = createCertificates();
});
afterAll(() => certificates.remove());

const started: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

async function probe(starting: Promise<{ port: number; close(): Promise<void> }>) {
  const server = await starting;
  started.push(server);
  const dialer = loopbackDialer(server.port);
  const found = await probeProtocols(dialer, {
    parts: ['protocols', 'suites', 'groups'],
    answerTimeoutMs: 20_000,
  });
  const groupsOf = (version: TlsVersion) =>
    found.groups.filter(({ versions }) => versions.includes(version)).map(({ name }) => name);
  const schemesOf = (version: TlsVersion) =>
    found.signatureAlgorithms
      .filter(({ versions }) => versions.includes(version))
      .map(({ name }) => name);
  const of = (version: TlsVersion) => found.protocols.find((one) => one.version === version);
  return { ...found, of, groupsOf, schemesOf, stats: dialer.stats };
}

async function pems() {
  const { cert, key } = await certificates.of('rsa');
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
}

/** What OpenSSL 3.0 takes where nobody has chosen. */
const curves30 = ['X25519', 'X448', 'secp256r1', 'secp384r1', 'secp521r1'];
const ffdhe = ['ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192'];

describe('groups', () => {
  it('of nginx are those of OpenSSL 3.0, finite fields in TLS 1.3 only', async () => {
    const { groupsOf, groupsComplete } = await probe(
      startNginx({
        certificates: [await certificates.of('rsa')],
        directives: ['ssl_protocols TLSv1.2 TLSv1.3;'],
      }),
    );
    expect(groupsOf('TLS1.2').toSorted()).toEqual(curves30);
    expect(groupsOf('TLS1.3').toSorted()).toEqual([...curves30, ...ffdhe].toSorted());
    expect(groupsComplete).toBe(true);
  });

  it('are all seen although an ECDSA certificate needs its own curve', async () => {
    const { groupsOf, groupsComplete } = await probe(
      startNginx({
        certificates: [await certificates.of('ecdsa')],
        directives: ['ssl_protocols TLSv1.2;'],
      }),
    );
    expect(groupsOf('TLS1.2').toSorted()).toEqual(curves30);
    expect(groupsComplete).toBe(true);
  });

  it('are those that are configured, in the server’s order', async () => {
    const { groupsOf, groupsComplete } = await probe(
      startOpensslServer(await certificates.of('rsa'), [
        '-www',
        '-serverpref',
        '-groups',
        'P-384:X25519:brainpoolP256r1',
      ]),
    );
    expect(groupsOf('TLS1.2').toSorted()).toEqual(['X25519', 'brainpoolP256r1', 'secp384r1']);
    expect(groupsOf('TLS1.3')).toEqual(['secp384r1', 'X25519']);
    expect(groupsComplete).toBe(true);
  });

  it('of OpenSSL 3.5 have the post-quantum hybrid', async () => {
    const { groupsOf } = await probe(startOldServer('26.10.0', await pems()));
    expect(groupsOf('TLS1.3')[0]).toBe('X25519MLKEM768');
    expect(groupsOf('TLS1.2')).not.toContain('X25519MLKEM768');
  });

  it('are found one by one where all three hybrids are switched on', async () => {
    const hybrids = ['X25519MLKEM768', 'SecP256r1MLKEM768', 'SecP384r1MLKEM1024'];
    const { groupsOf, groupsComplete } = await probe(
      startOldServer('26.10.0', { ...(await pems()), ecdhCurve: hybrids.join(':') }),
    );
    expect(groupsOf('TLS1.3').toSorted()).toEqual(hybrids.toSorted());
    expect(groupsComplete).toBe(true);
  });
});

describe('TLS 1.3', () => {
  it('is seen also with a suite and a group that nobody else has', async () => {
    const { of, groupsOf, groupsComplete } = await probe(
      startOpensslServer(await certificates.of('rsa'), [
        '-www',
        '-tls1_3',
        '-ciphersuites',
        'TLS_AES_128_CCM_SHA256',
        '-groups',
        'ffdhe4096',
      ]),
    );
    expect(of('TLS1.3')).toMatchObject({ offered: 'yes', suitesComplete: true });
    expect(of('TLS1.3')?.suites.map(({ id }) => id)).toEqual(['0x1304']);
    expect(groupsOf('TLS1.3')).toEqual(['ffdhe4096']);
    expect(groupsComplete).toBe(true);
  });
});

describe('signature algorithms', () => {
  it('are found for TLS 1.2 and 1.3, for each kind of certificate', async () => {
    const { schemesOf, notes } = await probe(
      startNginx({
        certificates: [await certificates.of('rsa'), await certificates.of('ecdsa')],
        directives: ['ssl_protocols TLSv1.2 TLSv1.3;'],
      }),
    );
    expect(schemesOf('TLS1.3').toSorted()).toEqual([
      'ecdsa_secp256r1_sha256',
      'rsa_pss_rsae_sha256',
      'rsa_pss_rsae_sha384',
      'rsa_pss_rsae_sha512',
    ]);
    expect(schemesOf('TLS1.2')).toEqual(
      expect.arrayContaining(['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256']),
    );
    expect(notes).toEqual([]);
  });

  it('are those that are configured', async () => {
    const { schemesOf } = await probe(
      startOpensslServer(await certificates.of('rsa'), [
        '-www',
        '-sigalgs',
        'RSA-PSS+SHA384:RSA+SHA512',
      ]),
    );
    expect(schemesOf('TLS1.2').toSorted()).toEqual(['rsa_pkcs1_sha512', 'rsa_pss_rsae_sha384']);
    expect(schemesOf('TLS1.3')).toEqual(['rsa_pss_rsae_sha384']);
  });
});

describe('Diffie-Hellman', () => {
  it('primes come with their length and name, suite by suite', async () => {
    const { of, dhParameters } = await probe(
      startOpensslServer(await certificates.of('rsa'), [
        '-www',
        '-tls1_2',
        '-cipher',
        'DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384',
      ]),
    );
    // OpenSSL's automatic parameters: as strong as the key is, so 2048 bits for RSA-2048.
    expect(of('TLS1.2')?.suites.map(({ id, dhBits }) => [id, dhBits])).toEqual([
      ['0x009E', 2048],
      ['0x009F', 2048],
    ]);
    expect(dhParameters).toEqual([
      {
        version: 'TLS1.2',
        bits: 2048,
        primeSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        known: 'RFC 3526 group 14',
        exportGrade: false,
      },
    ]);
  });
});

describe('preference', () => {
  it.each([
    ['client', []],
    ['server', ['-serverpref']],
    // It follows the client where that puts ChaCha20 first: its order counts all the same.
    ['server', ['-serverpref', '-prioritize_chacha']],
  ])('is the %s’s with openssl s_server %j', async (preference, args) => {
    const { of } = await probe(startOpensslServer(await certificates.of('rsa'), ['-www', ...args]));
    expect(of('TLS1.2')?.preference).toBe(preference);
    expect(of('TLS1.3')?.preference).toBe(preference);
  });

  it('of the server orders its suites', async () => {
    const list = 'ECDHE-RSA-AES256-SHA:AES128-SHA:ECDHE-RSA-AES128-GCM-SHA256:AES256-SHA';
    const { of } = await probe(
      startOpensslServer(await certificates.of('rsa'), [
        '-www',
        '-tls1_2',
        '-serverpref',
        '-cipher',
        list,
      ]),
    );
    expect(of('TLS1.2')?.suites.map(({ id }) => id)).toEqual([
      '0xC014',
      '0x002F',
      '0xC02F',
      '0x0035',
    ]);
  });
});

describe('SSLv2', () => {
  it('is seen with its kinds', async () => {
    const { of } = await probe(startOldServer('0.10.0', { ...(await pems()), ciphers: 'ALL' }));
    expect(of('SSLv2')).toMatchObject({ offered: 'yes', suitesComplete: true });
    expect(of('SSLv2')?.suites.map(({ id }) => id)).toContain('0x020080');
  });
});

it('nine suites cost at most 30 connections', async () => {
  const server = await startNginx({
    certificates: [await certificates.of('rsa'), await certificates.of('ecdsa')],
    directives: [
      'ssl_protocols TLSv1.2 TLSv1.3;',
      'ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20:!AESCCM:!ARIA;',
    ],
  });
  started.push(server);
  const dialer = loopbackDialer(server.port);
  const { protocols } = await probeProtocols(dialer, {
    parts: ['protocols', 'suites'],
    answerTimeoutMs: 20_000,
  });
  expect(protocols.flatMap(({ suites }) => suites)).toHaveLength(9);
  expect(dialer.stats.connections).toBeLessThanOrEqual(30);
});
