import { afterEach, describe, expect, it } from 'vitest';
import { createDialer } from '../../../../electron/tls/net/dialer';
import { probeProtocols } from '../../../../electron/tls/probe';
import { contentType, encodeRecord } from '../../../../electron/tls/wire/records';
import type { TlsVersion } from '../../../../shared/model/tls/scan';
import {
  handshakeFailure,
  fatalAlert,
  proper,
  serverHello,
  startScriptedServer,
  type Script,
  type ScriptedServer,
} from '../support/scriptedServer';

const list = [0xc02f, 0x002f, 0xc013, 0x0035];
const good = proper({ 'TLS1.2': list, 'TLS1.0': [0x002f] });
const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function probe(script: Script, { answerTimeoutMs = 400, signal = never() } = {}) {
  const server = await startScriptedServer(script);
  servers.push(server);
  const dialer = createDialer({
    target: { address: '127.0.0.1', port: server.port, sni: 'localhost' },
    maxConnections: 8,
    pauseMs: 0,
    connectTimeoutMs: 2000,
    readTimeoutMs: answerTimeoutMs,
    maxBytes: 100_000,
    signal,
  });
  const found = await probeProtocols(dialer, {
    parts: ['protocols', 'suites'],
    answerTimeoutMs,
  });
  const of = (version: TlsVersion) => {
    const protocol = found.protocols.find((one) => one.version === version);
    if (!protocol) throw new Error(`${version} is missing`);
    return { ...protocol, ids: protocol.suites.map(({ id }) => id) };
  };
  return { ...found, of, server };
}

function never(): AbortSignal {
  return new AbortController().signal;
}

const inOrder = ['0xC02F', '0x002F', '0xC013', '0x0035'];

describe('a proper server', () => {
  it('is seen with its suites in its order and with its versions', async () => {
    const { of, notes } = await probe(good);
    expect(of('TLS1.2')).toMatchObject({ offered: 'yes', suitesComplete: true, ids: inOrder });
    expect(of('TLS1.2').preference).toBe('server');
    expect(of('TLS1.0')).toMatchObject({ offered: 'yes', ids: ['0x002F'] });
    expect(of('TLS1.1')).toMatchObject({
      offered: 'no',
      why: expect.stringContaining('protocol_version'),
    });
    expect(of('SSLv2').offered).toBe('no');
    expect(notes).toEqual([
      'A hello of TLS1.1 is not answered with an older version: The server refuses with the alert protocol_version.',
    ]);
  });

  it('that follows the client is told from one with an order', async () => {
    const { of } = await probe(({ version, suites }, socket) => {
      const suite = suites.find((one) => list.includes(one));
      const taken = version === 'TLS1.2' && suite !== undefined;
      socket.end(taken ? serverHello('TLS1.2', suite) : fatalAlert(handshakeFailure));
    });
    expect(of('TLS1.2')).toMatchObject({
      preference: 'client',
      ids: ['0x002F', '0x0035', '0xC013', '0xC02F'],
    });
  });
});

describe('what is no answer is never a no', () => {
  it('a reset leaves a version unknown, and the others are seen', async () => {
    const { of } = await probe((hello, socket) => {
      if (hello.version === 'TLS1.0') socket.resetAndDestroy();
      else good(hello, socket);
    });
    expect(of('TLS1.0')).toMatchObject({ offered: 'unknown', suitesComplete: false });
    expect(of('TLS1.0').why).toContain('reset');
    expect(of('TLS1.2').ids).toEqual(inOrder);
    expect(of('TLS1.1').offered).toBe('no');
  });

  it('silence leaves a version unknown', async () => {
    const { of } = await probe((hello, socket) => {
      if (hello.version !== 'SSLv3') good(hello, socket);
    });
    expect(of('SSLv3')).toMatchObject({ offered: 'unknown', suites: [] });
    expect(of('SSLv3').why).toContain('did not answer in time');
    expect(of('TLS1.2').ids).toEqual(inOrder);
  });

  it('silence after a part of the suites leaves the list incomplete', async () => {
    const { of } = await probe((hello, socket) => {
      const isEnd = hello.version === 'TLS1.2' && !list.some((one) => hello.suites.includes(one));
      if (!isEnd) good(hello, socket);
    });
    expect(of('TLS1.2')).toMatchObject({ offered: 'yes', suitesComplete: false, ids: inOrder });
  });

  it('a refusal of our name says nothing of versions', async () => {
    const unrecognizedName = 112;
    const { of, protocols } = await probe((hello, socket) => {
      if (hello.version === 'TLS1.0') socket.end(fatalAlert(unrecognizedName));
      else good(hello, socket);
    });
    expect(of('TLS1.0')).toMatchObject({
      offered: 'unknown',
      why: expect.stringContaining('unrecognized_name') as string,
    });
    expect(protocols.filter(({ offered }) => offered === 'unknown')).toHaveLength(1);
  });

  it('a suite that was not offered is no finding', async () => {
    const { of } = await probe((hello, socket) => {
      if (hello.version === 'TLS1.2') socket.end(serverHello('TLS1.2', 0x1234));
      else good(hello, socket);
    });
    expect(of('TLS1.2')).toMatchObject({ offered: 'unknown', suites: [], suitesComplete: false });
  });

  it.each([
    [
      'an answer in HTTP',
      (_: unknown, socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ],
    ['silence', () => {}],
    ['a reset', (_: unknown, socket) => void socket.resetAndDestroy()],
    ['a flood', (_: unknown, socket) => flood(socket)],
    ['a warning for each byte of patience', (_: unknown, socket) => drip(socket)],
  ] as [string, Script][])('%s to everything leaves everything unknown', async (_, script) => {
    const { protocols, notes } = await probe(script);
    const offered = protocols.filter(({ version }) => version !== 'SSLv2');
    expect(offered.map((protocol) => protocol.offered)).toEqual(Array(5).fill('unknown'));
    expect(notes).toHaveLength(1);
  });
});

function flood(socket: Parameters<Script>[1]): void {
  const warnings = Buffer.concat(
    Array(1000).fill(encodeRecord(contentType.alert, 0x0301, Buffer.from([1, 112]))),
  );
  const more = () => void (socket.writable && socket.write(warnings, more));
  more();
}

function drip(socket: Parameters<Script>[1]): void {
  const timer = setInterval(() => socket.writable && socket.write(Buffer.from([22])), 5);
  socket.on('close', () => clearInterval(timer));
}

describe('a server with limits', () => {
  it('that takes only short hellos is asked with short ones', async () => {
    const { of, notes } = await probe((hello, socket) => {
      if (hello.bytes > 255) socket.destroy();
      else good(hello, socket);
    });
    expect(of('TLS1.2')).toMatchObject({ offered: 'yes', suitesComplete: true });
    expect(of('TLS1.2').ids.toSorted()).toEqual(inOrder.toSorted());
    expect(notes.join(' ')).toContain('only when they are short');
  });

  it('that takes 128 suites at most sees no more', async () => {
    let most = 0;
    await probe((hello, socket) => {
      most = Math.max(most, hello.suites.length);
      good(hello, socket);
    });
    expect(most).toBeLessThanOrEqual(128);
  });

  it('that hangs on hellos of 256 to 511 bytes gets none', async () => {
    const sizes: number[] = [];
    await probe((hello, socket) => {
      if (hello.version !== 'SSLv3') sizes.push(hello.bytes);
      good(hello, socket);
    });
    expect(sizes.filter((size) => size > 255 && size < 512)).toEqual([]);
  });

  it('that hangs up on too many connections is asked slower, and seen whole', async () => {
    const recent: number[] = [];
    const { of, notes } = await probe((hello, socket) => {
      const now = performance.now();
      while (recent[0] !== undefined && recent[0] < now - 250) recent.shift();
      recent.push(now);
      if (recent.length > 8) socket.destroy();
      else good(hello, socket);
    });
    expect(of('TLS1.2')).toMatchObject({ offered: 'yes', ids: expect.arrayContaining(inOrder) });
    expect(of('TLS1.0').offered).toBe('yes');
    expect(notes.join(' ')).toContain('slower');
  });

  it('that stops answering is given up on, with what is left unknown', async () => {
    const { of, notes, protocols } = await probe((hello, socket, nth) => {
      if (nth > 1) socket.destroy();
      else good(hello, socket);
    });
    expect(notes.join(' ')).toContain('stopped answering');
    expect(protocols.filter(({ offered }) => offered === 'no')).toEqual([]);
    expect(of('TLS1.2').suitesComplete).toBe(false);
  });
});

describe('a scan that is cancelled', () => {
  it('rejects with the reason and leaves no connection', async () => {
    const cancel = new AbortController();
    const reason = new Error('enough');
    let server: ScriptedServer | undefined;
    const found = probe(
      (hello, socket, nth) => {
        [server] = servers;
        if (nth === 5) cancel.abort(reason);
        else good(hello, socket);
      },
      { signal: cancel.signal, answerTimeoutMs: 5000 },
    );
    await expect(found).rejects.toBe(reason);
    await expect.poll(() => server?.open()).toBe(0);
  });
});
