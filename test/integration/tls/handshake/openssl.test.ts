import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { handshake, type HandshakeOptions } from '../../../../electron/tls/handshake';
import type { Session } from '../../../../electron/tls/handshake';
import { loopbackDialer } from '../support/loopbackDialer';
import {
  createCertificates,
  startOpensslServer,
  type KeyKind,
  type OpensslServer,
} from '../support/opensslServer';

const certificates = createCertificates();
afterAll(() => certificates.remove());
let server: OpensslServer | undefined;
afterEach(() => server?.close());

async function start(kind: KeyKind, args: readonly string[]): Promise<OpensslServer> {
  server = await startOpensslServer(await certificates.of(kind), args);
  return server;
}

async function connect(port: number, options: HandshakeOptions = {}): Promise<Session> {
  const outcome = await handshake(loopbackDialer(port), options);
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.session;
}

/** Asks for the status page, which OpenSSL sends in many records. */
async function page(session: Session): Promise<string> {
  session.send(Buffer.from('GET / HTTP/1.0\r\n\r\n'));
  let text = '';
  for (;;) {
    const received = await session.receive();
    if (received.kind !== 'data') {
      session.close();
      expect(received.kind).toBe('closed');
      return text;
    }
    text += received.bytes.toString('latin1');
  }
}

const lax = '@SECLEVEL=0';

describe('TLS 1.3', () => {
  test.each([
    ['TLS_AES_128_GCM_SHA256', 0x1301],
    ['TLS_AES_256_GCM_SHA384', 0x1302],
    ['TLS_CHACHA20_POLY1305_SHA256', 0x1303],
    ['TLS_AES_128_CCM_SHA256', 0x1304],
    ['TLS_AES_128_CCM_8_SHA256', 0x1305],
  ])('finishes with %s and reads the page', async (name, id) => {
    const { port } = await start('ecdsa', ['-tls1_3', '-ciphersuites', name, '-www']);
    const session = await connect(port);
    expect(session.facts).toMatchObject({ version: 'TLS1.3', suite: id, helloRetried: false });
    expect(session.facts.signature).toEqual({ value: 'verified' });
    expect(session.facts.chain).toHaveLength(1);
    expect(await page(session)).toContain('HTTP/1.0 200 ok');
  });

  test.each([
    ['P-256', 0x0017, false],
    ['P-384', 0x0018, true],
    ['P-521', 0x0019, true],
    ['ffdhe2048', 0x0100, true],
    ['ffdhe3072', 0x0101, true],
    ['ffdhe4096', 0x0102, true],
  ])('takes the group %s, after a HelloRetryRequest where it must', async (name, id, retried) => {
    const { port } = await start('rsa', ['-tls1_3', '-groups', name, '-www']);
    const session = await connect(port);
    expect(session.facts).toMatchObject({ group: id, helloRetried: retried });
    expect(await page(session)).toContain('200 ok');
  });

  test.each<[KeyKind]>([['rsa'], ['ecdsa'], ['p521'], ['ed25519'], ['ed448'], ['pss']])(
    'verifies the signature of a certificate with a key of kind %s',
    async (kind) => {
      const { port } = await start(kind, ['-tls1_3', '-www']);
      const session = await connect(port);
      expect(session.facts.signature).toEqual({ value: 'verified' });
      session.close();
    },
  );

  test('resumes by a ticket, and offers early data where the ticket allows it', async () => {
    const { port, say } = await start('rsa', ['-tls1_3', '-early_data', '-max_early_data', '4096']);
    const first = await connect(port);
    say('hello');
    expect(await first.receive()).toEqual({ kind: 'data', bytes: Buffer.from('hello\n') });
    expect(first.tickets.map((ticket) => ticket.maxEarlyData)).toEqual([4096, 4096]);
    expect(first.tickets[0]?.lifetimeSeconds).toBe(7200);
    const resume = first.resumption();
    first.close();
    if (!resume) throw new Error('no ticket');
    const second = await connect(port, { resume, earlyData: true });
    expect(second.facts).toMatchObject({ resumed: true, earlyDataAccepted: true, chain: [] });
    say('again');
    expect(await second.receive()).toEqual({ kind: 'data', bytes: Buffer.from('again\n') });
    second.close();
  });

  test('resumes over a HelloRetryRequest', async () => {
    const { port } = await start('rsa', ['-tls1_3', '-groups', 'P-384', '-www']);
    const first = await connect(port);
    await page(first);
    const resume = first.resumption();
    if (!resume) throw new Error('no ticket');
    const second = await connect(port, { resume, earlyData: true });
    expect(second.facts).toMatchObject({ resumed: true, helloRetried: true });
    expect(await page(second)).toContain('200 ok');
  });

  test('follows the key updates of the server, and answers them', async () => {
    const { port, say, output } = await start('rsa', ['-tls1_3']);
    const dialer = loopbackDialer(port);
    const outcome = await handshake(dialer);
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    const { session } = outcome;
    const received = session.receive();
    const sent = dialer.stats.bytesOut;
    say('K'); // s_server updates its keys, and asks for an update of ours
    await expect.poll(() => dialer.stats.bytesOut).toBeGreaterThan(sent);
    say('hello');
    expect(await received).toEqual({ kind: 'data', bytes: Buffer.from('hello\n') });
    session.send(Buffer.from('new keys\n'));
    await expect.poll(output).toContain('new keys');
    session.close();
  });

  test('tells the alert of a server that wants a client certificate', async () => {
    const { port } = await start('rsa', ['-tls1_3', '-Verify', '1', '-www']);
    const session = await connect(port);
    expect(session.facts.certificateRequest).toEqual({ authorities: [] });
    session.send(Buffer.from('GET / HTTP/1.0\r\n\r\n'));
    expect(await session.receive()).toEqual({ kind: 'alert', level: 2, description: 116 });
  });
});

describe('TLS 1.0 to 1.2', () => {
  test.each([
    ['ECDHE-RSA-AES128-GCM-SHA256', 'rsa'],
    ['ECDHE-RSA-AES256-GCM-SHA384', 'rsa'],
    ['ECDHE-RSA-CHACHA20-POLY1305', 'rsa'],
    ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ecdsa'],
    ['ECDHE-ECDSA-CHACHA20-POLY1305', 'ecdsa'],
    ['ECDHE-ECDSA-AES128-CCM', 'ecdsa'],
    ['ECDHE-ECDSA-AES256-CCM8', 'ecdsa'],
    ['ECDHE-RSA-AES128-SHA256', 'rsa'],
    ['ECDHE-RSA-AES256-SHA384', 'rsa'],
    ['ECDHE-RSA-AES256-SHA', 'rsa'],
    ['DHE-RSA-AES128-GCM-SHA256', 'rsa'],
    ['DHE-RSA-AES256-SHA', 'rsa'],
    ['DHE-RSA-CHACHA20-POLY1305', 'rsa'],
    ['AES128-GCM-SHA256', 'rsa'],
    ['AES256-CCM', 'rsa'],
    ['AES128-SHA256', 'rsa'],
    ['AES256-SHA', 'rsa'],
    ['NULL-SHA256', 'rsa'],
    ['ECDHE-RSA-NULL-SHA', 'rsa'],
    ['ADH-AES128-SHA', 'rsa'],
    ['AECDH-AES256-SHA', 'rsa'],
  ] as const)('TLS 1.2 finishes with %s', async (cipher, kind) => {
    const { port } = await start(kind, ['-tls1_2', '-cipher', `${cipher}:${lax}`, '-www']);
    const session = await connect(port);
    expect(session.facts.version).toBe('TLS1.2');
    expect(session.facts.extendedMasterSecret).toBe(true);
    expect(await page(session)).toContain('200 ok');
  });

  test.each([
    ['-tls1', 'TLS1.0', 'ECDHE-RSA-AES128-SHA', 'rsa'],
    ['-tls1', 'TLS1.0', 'DHE-RSA-AES128-SHA', 'rsa'],
    ['-tls1', 'TLS1.0', 'ECDHE-ECDSA-AES128-SHA', 'ecdsa'],
    ['-tls1', 'TLS1.0', 'AES256-SHA', 'rsa'],
    ['-tls1_1', 'TLS1.1', 'ECDHE-RSA-AES128-SHA', 'rsa'],
    ['-tls1_1', 'TLS1.1', 'ECDHE-ECDSA-AES256-SHA', 'ecdsa'],
    ['-tls1_1', 'TLS1.1', 'AES128-SHA', 'rsa'],
  ] as const)('%s finishes (%s, %s)', async (flag, version, cipher, kind) => {
    const { port } = await start(kind, [flag, '-cipher', `${cipher}:${lax}`, '-www']);
    const session = await connect(port, { version });
    const signed = cipher.includes('DHE');
    expect(session.facts.signature).toEqual(signed ? { value: 'verified' } : null);
    expect(session.facts.encryptThenMac).toBe(true);
    expect(await page(session)).toContain('200 ok');
  });

  test.each(['-tls1', '-tls1_1', '-tls1_2'])('%s does without encrypt-then-MAC', async (flag) => {
    const { port } = await start('rsa', [flag, '-cipher', `AES128-SHA:${lax}`, '-no_etm', '-www']);
    const session = await connect(port);
    expect(session.facts.encryptThenMac).toBe(false);
    expect(await page(session)).toContain('200 ok');
  });

  test('resumes by ticket and by session id', async () => {
    const { port } = await start('rsa', ['-tls1_2', '-www']);
    const first = await connect(port);
    expect(await page(first)).toContain('200 ok');
    const byTicket = first.resumption('ticket');
    const second = await connect(port, { ...(byTicket && { resume: byTicket }) });
    expect(second.facts).toMatchObject({ resumed: true, chain: [] });
    expect(await page(second)).toContain('200 ok');

    const third = await connect(port, { offerTicket: false });
    expect(third.tickets).toEqual([]);
    await page(third);
    const byId = third.resumption('session-id');
    const fourth = await connect(port, { offerTicket: false, ...(byId && { resume: byId }) });
    expect(fourth.facts.resumed).toBe(true);
    expect(await page(fourth)).toContain('200 ok');
  });

  test('sends a record with a wrong padding, and one in clear, for probes', async () => {
    const { port } = await start('rsa', ['-tls1_2', '-cipher', 'AES128-SHA', '-no_etm', '-www']);
    const badRecordMac = { kind: 'record', type: 21, payload: Buffer.from([2, 20]) };
    const padded = await connect(port);
    padded.sendRecord(23, Buffer.from('GET /'), {
      alterPadding: (padding) => padding.fill(padding.length, 0, 1),
    });
    expect(await padded.receiveRecord()).toEqual(badRecordMac);
    padded.close();
    const clear = await connect(port);
    clear.write(Buffer.from([23, 3, 3, 0, 1, 0]));
    expect(await clear.receiveRecord()).toMatchObject({ kind: 'record', type: 21 });
    clear.close();
  });

  test('renegotiates where the server lets it, and goes on in the new session', async () => {
    const { port } = await start('rsa', ['-tls1_2', '-client_renegotiation', '-www']);
    const session = await connect(port);
    expect(await session.renegotiate()).toEqual({ kind: 'done' });
    expect(await page(session)).toContain('200 ok');
  });

  test('tells the alert of a server that refuses to renegotiate', async () => {
    const { port } = await start('rsa', ['-tls1_2', '-www']);
    const session = await connect(port);
    expect(await session.renegotiate()).toEqual({ kind: 'alert', level: 1, description: 100 });
  });

  test('shows what came before the alert of a server that wants a client certificate', async () => {
    const { port } = await start('rsa', ['-tls1_2', '-Verify', '1', '-www']);
    const outcome = await handshake(loopbackDialer(port));
    expect(outcome).toMatchObject({ kind: 'alert', description: 40 });
    expect(outcome.kind !== 'done' && outcome.seen?.chain).toHaveLength(1);
    expect(outcome.kind !== 'done' && outcome.seen?.certificateRequest).toEqual({
      authorities: [],
    });
  });
});
