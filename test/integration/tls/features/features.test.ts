import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:tls';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { probeFeatures, type FeatureProbe } from '../../../../electron/tls/features';
import { handshake } from '../../../../electron/tls/handshake';
import { probeHttp } from '../../../../electron/tls/http';
import { probeProtocols } from '../../../../electron/tls/probe';
import type { HttpResult } from '../../../../shared/model/tls/scan';
import { loopbackDialer } from '../support/loopbackDialer';
import { startNginx } from '../support/nginxServer';
import { oldNodeRuns } from '../support/oldNode';
import { startOldServer } from '../support/oldServer';
import { createCertificates, startOpensslServer } from '../support/opensslServer';

const certificates = createCertificates();
afterAll(() => certificates.remove());
const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function probe(
  port: number,
  options?: { sni?: string | null },
): Promise<FeatureProbe & { connections: number }> {
  const { protocols } = await probeProtocols(loopbackDialer(port, options), {
    parts: ['protocols', 'suites'],
    answerTimeoutMs: 5_000,
  });
  const dialer = loopbackDialer(port, options);
  const result = await probeFeatures(dialer, { protocols });
  return { ...result, connections: dialer.stats.connections };
}

async function http(port: number): Promise<HttpResult> {
  const { protocols } = await probeProtocols(loopbackDialer(port), {
    parts: ['protocols', 'suites'],
    answerTimeoutMs: 5_000,
  });
  // The TLS port itself: port 80 of this machine is nobody's business here.
  return probeHttp(loopbackDialer(port), { host: 'localhost', protocols, plainPort: port });
}

async function nginx(...directives: string[]): Promise<number> {
  const server = await startNginx({ certificates: [await certificates.of('rsa')], directives });
  running.push(server);
  return server.port;
}

async function openssl(...args: string[]): Promise<number> {
  const server = await startOpensslServer(await certificates.of('rsa'), args);
  running.push(server);
  return server.port;
}

describe('nginx', () => {
  test('as most are configured: every feature has its answer', async () => {
    const port = await nginx(
      'ssl_protocols TLSv1.2 TLSv1.3;',
      'ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA;',
      'ssl_session_cache shared:S:1m;',
      'ssl_session_timeout 10m;',
    );
    const { features, notes, asked, connections } = await probe(port);
    expect(features).toMatchObject({
      alpn: { value: 'yes', protocols: ['http/1.1', 'http/1.0'] },
      sessionTickets: { value: 'yes', lifetimeSeconds: 600 },
      sessionIdResumption: { value: 'yes' },
      ticketResumption: { value: 'yes', why: 'Tried in TLS 1.3, with a PSK. Tried in TLS 1.2.' },
      earlyData: { value: 'no' },
      extendedMasterSecret: { value: 'yes' },
      encryptThenMac: { value: 'yes' },
      secureRenegotiation: { value: 'yes' },
      clientRenegotiation: { value: 'no' },
      compression: { value: 'no' },
      fallbackScsv: { value: 'yes' },
      ocspStaple: { value: 'no' },
      heartbeat: { value: 'no' },
      clientCertificate: { value: 'none', authorities: [] },
      sni: { value: 'same' },
      greaseTolerance: { value: 'yes' },
    });
    expect(notes).toEqual([]);
    expect(asked?.kind === 'answer' && asked.answer.status).toBe(200);
    expect(connections).toBeLessThanOrEqual(12);
  });

  test('with 0-RTT and without tickets and cache', async () => {
    const early = await nginx('ssl_protocols TLSv1.3;', 'ssl_early_data on;');
    const { features } = await probe(early);
    expect(features.earlyData).toMatchObject({ value: 'yes', maxBytes: 16384 });
    expect(features.earlyData.why).toContain('accepted the offer');
    expect(features.secureRenegotiation.value).toBe('yes');
    expect(features.fallbackScsv).toMatchObject({ value: 'no' });

    const none = await nginx('ssl_protocols TLSv1.2;', 'ssl_session_tickets off;');
    expect((await probe(none)).features).toMatchObject({
      sessionTickets: { value: 'no' },
      ticketResumption: { value: 'no' },
      sessionIdResumption: { value: 'no' },
      earlyData: { value: 'no' },
    });
  });

  test.each([
    ['TLSv1.3', 'on', 'required-by-http'],
    ['TLSv1.2', 'on', 'required-by-http'],
    ['TLSv1.2', 'optional', 'requested'],
    ['TLSv1.2', 'off', 'none'],
  ] as const)('%s, ssl_verify_client %s: %s', async (version, setting, value) => {
    const { cert } = await certificates.of('rsa');
    const port = await nginx(
      `ssl_protocols ${version};`,
      `ssl_verify_client ${setting};`,
      `ssl_client_certificate ${cert};`,
    );
    const { clientCertificate } = (await probe(port)).features;
    expect(clientCertificate.value).toBe(value);
    expect(clientCertificate.authorities).toEqual(value === 'none' ? [] : ['CN=localhost']);
    const { hsts } = await http(port);
    expect(hsts.value).toBe(value === 'required-by-http' ? 'unknown' : 'no');
  });

  test('HSTS, compression and banner over TLS 1.3 alone and TLS 1.0 alone', async () => {
    for (const version of ['TLSv1.3', 'TLSv1']) {
      const port = await nginx(
        `ssl_protocols ${version};`,
        'ssl_ciphers ALL:@SECLEVEL=0;',
        'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains; preload";',
        'gzip on; gzip_types *; gzip_min_length 1;',
        'default_type text/html;',
      );
      expect(await http(port)).toMatchObject({
        spoken: { value: 'yes' },
        status: 200,
        hsts: { value: 'yes', maxAgeSeconds: 63072000, includeSubDomains: true, preload: true },
        // nginx answers plain HTTP on its TLS port with 400.
        redirect: { value: 'no', status: 400 },
        banners: [{ name: 'server', value: expect.stringContaining('nginx') as string }],
        compression: { value: 'yes' },
      });
    }
  });

  test('without a name to send nothing is said of what changes without it', async () => {
    const port = await nginx('ssl_protocols TLSv1.3;');
    expect((await probe(port, { sni: null })).features.sni.value).toBe('unknown');
  });
});

describe('openssl s_server', () => {
  test('client certificate demanded at TLS level, in TLS 1.2 and 1.3', async () => {
    for (const version of ['-tls1_2', '-tls1_3']) {
      const port = await openssl(version, '-Verify', '1', '-www');
      const { features } = await probe(port);
      expect(features.clientCertificate.value).toBe('required');
      expect(features.ticketResumption.value).toBe('unknown');
    }
  });

  test('lets the client renegotiate, and staples nothing', async () => {
    const port = await openssl('-tls1_2', '-client_renegotiation', '-www');
    const { features } = await probe(port);
    expect(features.clientRenegotiation.value).toBe('yes');
    expect(features.ocspStaple.value).toBe('no');
  });
});

describe('node:tls', () => {
  async function start(options: object, staple?: Buffer): Promise<number> {
    const files = await certificates.of('rsa');
    const server: Server = createServer(
      { cert: readFileSync(files.cert), key: readFileSync(files.key), ...options },
      (socket) => socket.on('error', () => {}).end('SSH-2.0-not-http\r\n'),
    );
    // Handshakes that a client leaves half done stay open in Node.
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket));
    server.on('tlsClientError', () => {});
    if (staple) {
      server.on('OCSPRequest', (_cert, _issuer, done: (error: null, staple: Buffer) => void) =>
        done(null, staple),
      );
    }
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    running.push({
      close: async () => {
        for (const socket of sockets) socket.destroy();
        server.close();
        await once(server, 'close');
      },
    });
    return (server.address() as AddressInfo).port;
  }

  test('ALPN in the order of our list', async () => {
    const port = await start({ ALPNProtocols: ['http/1.1', 'mqtt', 'h2'] });
    const { features } = await probe(port);
    expect(features.alpn).toEqual({ value: 'yes', protocols: ['h2', 'http/1.1', 'mqtt'] });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('an OCSP staple in %s', async (version) => {
    const staple = Buffer.from('an answer of a responder');
    const port = await start({ minVersion: version, maxVersion: version }, staple);
    expect((await probe(port)).features.ocspStaple.value).toBe('yes');
    const outcome = await handshake(loopbackDialer(port), { until: 'certificate' });
    expect(outcome.kind === 'seen' && outcome.seen.staple).toEqual(staple);
  });

  test('a server that speaks something else speaks no HTTP', async () => {
    const port = await start({});
    const result = await http(port);
    expect(result.spoken.value).toBe('no');
    expect(result.hsts.value).toBe('unknown');
  });

  test('another certificate without a name', async () => {
    const other = await certificates.of('ecdsa');
    const { createSecureContext } = await import('node:tls');
    const context = createSecureContext({
      cert: readFileSync(other.cert),
      key: readFileSync(other.key),
    });
    const SNICallback = (_: string, done: (error: null, chosen: typeof context) => void) =>
      done(null, context);
    const named = await start({ SNICallback });
    expect((await probe(named)).features.sni.value).toBe('other-certificate');
  });
});

test.runIf(oldNodeRuns)('OpenSSL 1.0.1e: heartbeat, and the features of its time', async () => {
  const files = await certificates.of('rsa');
  const server = await startOldServer('0.10.0', {
    key: readFileSync(files.key, 'utf8'),
    cert: readFileSync(files.cert, 'utf8'),
  });
  running.push(server);
  const { features } = await probe(server.port);
  expect(features).toMatchObject({
    heartbeat: { value: 'yes' },
    extendedMasterSecret: { value: 'no' },
    encryptThenMac: { value: 'no' },
    secureRenegotiation: { value: 'yes' },
    greaseTolerance: { value: 'yes' },
  });
});
