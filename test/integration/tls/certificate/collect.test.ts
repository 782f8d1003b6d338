import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { collectChains, readChains, rootStore } from '../../../../electron/tls/certificate';
import type { ProtocolResult } from '../../../../shared/model/tls/scan';
import {
  createPki,
  server as serverExtensions,
  type Issued,
  type Pki,
} from '../../../unit/tls/certificate/pki';
import { createResponder } from '../../../unit/tls/certificate/responder';
import { oldNodeRuns } from '../support/oldNode';
import { startOldServer } from '../support/oldServer';
import { dialerTo, offering, startNode, startOpenssl, type Server } from './servers';

let pki: Pki;
let root: Issued;
let intermediate: Issued;
let rsa: Issued;
let ecdsa: Issued;
const now = () => new Date(Date.now() + 60_000);
beforeAll(() => {
  pki = createPki();
  root = pki.issue('root');
  intermediate = pki.issue('intermediate', { issuer: root, key: ['rsa:2048'] });
  rsa = leaf('rsa', ['rsa:2048']);
  ecdsa = leaf('ecdsa');
});
afterAll(() => pki.remove());

const running: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});
const run = async (starting: Promise<Server>) => {
  const server = await starting;
  running.push(server);
  return server.port;
};

function leaf(name: string, key?: string[], host = 'example.test'): Issued {
  return pki.issue(name, {
    issuer: intermediate,
    extensions: serverExtensions(host),
    ...(key && { key }),
  });
}

const filesOf = (issued: Issued) => [issued.certFile, issued.keyFile, intermediate.certFile];
const modern = { 'TLS1.2': [], 'TLS1.3': [] };

/** Scans, and gives each chain in a line: leaf, how many certificates, SNI, versions. */
async function scan(
  port: number,
  protocols: ProtocolResult[],
  sni: string | null = 'example.test',
  readTimeoutMs?: number,
) {
  const dialer = dialerTo(port, sni, readTimeoutMs === undefined ? {} : { readTimeoutMs });
  const collected = await collectChains(dialer, { protocols });
  const roots = [rootStore('own', [root.pem])];
  const read = await readChains(collected, { host: sni ?? 'example.test', now: now(), roots });
  const lines = read.certificates.map(
    ({ chain, sni: names, versions }) =>
      `${chain[0]?.subject} ${chain.length} ${names.join('+')} ${versions.join('+')}`,
  );
  return { ...read, lines: lines.sort(), connections: dialer.stats.connections };
}

describe('reads every chain of a server', () => {
  it('with an RSA and an ECDSA certificate, in TLS 1.3 and 1.2', async () => {
    const chain = [intermediate.pem];
    const port = await run(
      startNode({
        cert: [[rsa.pem, ...chain].join('\n'), [ecdsa.pem, ...chain].join('\n')],
        key: [rsa, ecdsa].map(({ keyFile }) => readFileSync(keyFile)),
      }),
    );
    const { certificates, connections, lines, note } = await scan(port, offering(modern));
    expect(note).toBeUndefined();
    expect(lines).toEqual([
      'CN=ecdsa 2 with+without TLS1.3+TLS1.2',
      'CN=rsa 2 with+without TLS1.3+TLS1.2',
    ]);
    // TLS 1.3: both, then none; TLS 1.2 with and without a name: both, then none of DSS.
    expect(connections).toBeLessThanOrEqual(9);
    for (const one of certificates) {
      expect(one).toMatchObject({
        ordered: 'yes',
        complete: 'yes',
        trust: [{ verdict: { value: 'pass' } }],
        hostname: { value: 'pass' },
      });
    }
  });

  it('with other certificates for clients that send no name', async () => {
    const other = leaf('default', ['rsa:2048'], 'default.test');
    const context = (issued: Issued) =>
      createSecureContext({
        cert: issued.pem + intermediate.pem,
        key: readFileSync(issued.keyFile),
      });
    const port = await run(
      startNode({
        cert: other.pem + intermediate.pem,
        key: readFileSync(other.keyFile),
        SNICallback: (_, done) => done(null, context(rsa)),
      }),
    );
    const rsaSuites = offering({ 'TLS1.2': ['0xC02F'], 'TLS1.3': [] });
    const { certificates, lines } = await scan(port, rsaSuites);
    expect(lines).toEqual(['CN=default 2 without TLS1.2', 'CN=rsa 2 with TLS1.3+TLS1.2']);
    expect(certificates.find(({ sni }) => sni.includes('without'))?.hostname.value).toBe(
      'not-applicable',
    );
    const nameless = await scan(port, rsaSuites, null);
    expect(nameless.lines).toEqual(['CN=default 2 without TLS1.3+TLS1.2']);
    expect(nameless.certificates[0]?.hostname.value).toBe('fail');
  });

  it('with one certificate, in four connections', async () => {
    const port = await run(startNode({ cert: rsa.pem, key: readFileSync(rsa.keyFile) }));
    const protocols = offering({ 'TLS1.2': ['0xC02F', '0x009C'], 'TLS1.3': ['0x1301'] });
    const { connections, lines } = await scan(port, protocols);
    expect(lines).toEqual(['CN=rsa 1 with+without TLS1.3+TLS1.2']);
    expect(connections).toBe(4);
  });

  it('with two certificates and further kinds of keys, at openssl', async () => {
    const kinds: [string, string[]][] = [
      ['ed25519', ['ed25519']],
      ['p521', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521']],
      ['pss', ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048']],
      ['brainpool', ['ec', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1']],
    ];
    for (const [name, key] of kinds) {
      const odd = leaf(name, key);
      const port = await run(
        startOpenssl(pki.dir, [
          ...['-cert', '-key', '-cert_chain'].flatMap((option, at) => [
            option,
            filesOf(rsa)[at] ?? '',
          ]),
          ...['-dcert', '-dkey', '-dcert_chain'].flatMap((option, at) => [
            option,
            filesOf(odd)[at] ?? '',
          ]),
        ]),
      );
      const { certificates, lines } = await scan(port, offering({ 'TLS1.3': [], 'TLS1.2': [] }));
      const found = lines.map((line) => line.split(' ')[0]);
      expect([name, [...new Set(found)]]).toEqual([name, [`CN=${name}`, 'CN=rsa'].sort()]);
      for (const one of certificates) expect(one.trust[0]?.verdict.value).toBe('pass');
    }
  });

  it('in TLS 1.3 alone, and in old versions alone', async () => {
    const files = ['-cert', rsa.certFile, '-key', rsa.keyFile];
    const only13 = await run(startOpenssl(pki.dir, [...files, '-tls1_3']));
    expect((await scan(only13, offering({ 'TLS1.3': [] }))).lines).toEqual([
      'CN=rsa 1 with+without TLS1.3',
    ]);
    const weak = ['-cipher', 'ALL:@SECLEVEL=0'];
    const only10 = await run(startOpenssl(pki.dir, [...files, '-tls1', ...weak]));
    expect((await scan(only10, offering({ 'TLS1.0': [] }))).lines).toEqual([
      'CN=rsa 1 with+without TLS1.0',
    ]);
  });

  it('with the staple of a responder, in TLS 1.3 and 1.2', async () => {
    const responder = createResponder(pki, intermediate, [rsa]);
    const files = [
      '-cert',
      rsa.certFile,
      '-key',
      rsa.keyFile,
      '-cert_chain',
      intermediate.certFile,
    ];
    const scanWith = async (answer: Buffer) => {
      const staple = ['-status_file', pki.file('staple.der', answer)];
      const port = await run(startOpenssl(pki.dir, [...files, ...staple]));
      const { certificates } = await scan(port, offering({ 'TLS1.3': [], 'TLS1.2': ['0xC02F'] }));
      expect(certificates).toHaveLength(1);
      return certificates[0];
    };
    expect(await scanWith(responder.answer(rsa))).toMatchObject({
      versions: ['TLS1.3', 'TLS1.2'],
      staple: { value: 'yes', status: 'good' },
      revocation: { value: 'pass' },
    });
    responder.revoke(rsa);
    expect(await scanWith(responder.answer(rsa))).toMatchObject({
      staple: { value: 'yes', status: 'revoked' },
      revocation: { value: 'fail' },
    });
    const impostor = pki.issue('impostor');
    expect(await scanWith(responder.answer(rsa, { signer: impostor }))).toMatchObject({
      staple: { value: 'no', why: 'A staple came, but nobody who may has signed it.' },
      revocation: { value: 'not-applicable' },
    });
  });

  it('with timestamps of certificate transparency in the handshake', async () => {
    const sct = Buffer.alloc(47);
    const entry = Buffer.concat([Buffer.from([0, sct.length]), sct]);
    const list = Buffer.concat([Buffer.from([0, entry.length * 2]), entry, entry]);
    // In the ServerHello up to TLS 1.2, with the certificate in TLS 1.3 (openssl's SERVERINFOV2).
    const head = Buffer.from('000011c000120000', 'hex');
    head.writeUInt16BE(list.length, 6);
    const base64 = Buffer.concat([head, list]).toString('base64').replace(/.{64}/g, '$&\n');
    const label = 'SERVERINFOV2 FOR EXTENSION 18';
    const info = pki.file(
      'info.pem',
      `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`,
    );
    const files = ['-cert', rsa.certFile, '-key', rsa.keyFile, '-serverinfo', info];
    for (const [option, version] of [
      ['-tls1_2', 'TLS1.2'],
      ['-tls1_3', 'TLS1.3'],
    ] as const) {
      const port = await run(startOpenssl(pki.dir, [...files, option]));
      const { certificates } = await scan(port, offering({ [version]: [] }));
      expect(certificates[0]).toMatchObject({ versions: [version], scts: { tls: 2 } });
    }
  });

  it.runIf(oldNodeRuns)('in SSLv3 and SSLv2, which know no names', async () => {
    const server = await startOldServer('0.8.28', {
      key: readFileSync(rsa.keyFile, 'utf8'),
      cert: rsa.pem,
      ciphers: 'ALL:@STRENGTH',
      secureProtocol: 'SSLv23_method',
    });
    running.push(server);
    expect((await scan(server.port, offering({ SSLv3: [] }))).lines).toEqual([
      'CN=rsa 1 with+without SSLv3',
    ]);
    expect((await scan(server.port, offering({ SSLv2: [] }))).lines).toEqual([
      'CN=rsa 1 with+without SSLv2',
    ]);
  });
});

describe('says what it could not see', () => {
  it('of a server that refuses, is silent, hangs up, or talks nonsense', async () => {
    const behave = async (answer: (bytes: Buffer) => Buffer | 'hang up' | undefined) => {
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.on('data', (bytes) => {
          const reply = answer(bytes);
          if (reply === 'hang up') socket.resetAndDestroy();
          else if (reply) socket.end(reply);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      running.push({
        port: 0,
        close: () => new Promise((resolve) => void server.close(() => resolve())),
      });
      const { port } = server.address() as AddressInfo;
      const { certificates, note } = await scan(port, offering(modern), null, 200);
      expect(certificates).toEqual([]);
      return note;
    };
    const alert = Buffer.from('15030100020228', 'hex');
    expect(await behave(() => alert)).toMatch(
      /^The server refused to send a certificate in TLS1.3 without SNI/,
    );
    expect(await behave(() => 'hang up')).toMatch(/reset the connection/);
    expect(await behave(() => Buffer.from('HTTP/1.0 400 Bad Request\r\n\r\n'))).toMatch(
      /are not known: /,
    );
    expect(await behave(() => undefined)).toMatch(/did not answer in time/);
  });

  it('of a closed port, and of no version that is known to be offered', async () => {
    const server = await startNode({ cert: rsa.pem, key: readFileSync(rsa.keyFile) });
    await server.close();
    expect((await scan(server.port, offering(modern))).note).toMatch(/no connection/);
    expect((await scan(server.port, [])).note).toBe('No version is known that the server offers.');
    // TLS_ECDH_anon_WITH_AES_128_CBC_SHA
    const anonymous = await scan(server.port, offering({ 'TLS1.2': ['0xC018'] }));
    expect(anonymous.note).toBe('No suite that the server takes in TLS1.2 shows a certificate.');
  });

  it('and stops when it is told to', async () => {
    const port = await run(startNode({ cert: rsa.pem, key: readFileSync(rsa.keyFile) }));
    const controller = new AbortController();
    const dialer = dialerTo(port, 'example.test', { signal: controller.signal });
    controller.abort();
    await expect(collectChains(dialer, { protocols: offering(modern) })).rejects.toThrow();
  });
});
