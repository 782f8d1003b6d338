import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  handshake,
  handshakeBest,
  type HandshakeOptions,
} from '../../../../electron/tls/handshake';
import type { Connection, Dialer, ReadOutcome } from '../../../../electron/tls/net/types';
import { Writer } from '../../../../electron/tls/wire/bytes';
import type { ProtocolResult } from '../../../../shared/model/tls/scan';
import { encodeRecord } from '../../../../electron/tls/wire/records';

/** A server that answers each read with the next bytes, whatever was sent to it. */
function scripted(next: () => ReadOutcome): {
  dialer: Dialer;
  reads: () => number;
  closed: () => boolean;
} {
  let reads = 0;
  let closed = false;
  const connection: Connection = {
    write() {},
    read() {
      reads += 1;
      return Promise.resolve(next());
    },
    close: () => void (closed = true),
  };
  const dialer: Dialer = {
    target: { address: '127.0.0.1', port: 443, sni: 'localhost' },
    open: () => Promise.resolve({ kind: 'open', connection }),
    stats: { connections: 0, bytesIn: 0, bytesOut: 0 },
    slowDown() {},
    signal: new AbortController().signal,
  };
  return { dialer, reads: () => reads, closed: () => closed };
}

const data = (bytes: Uint8Array): ReadOutcome => ({ kind: 'data', bytes: Buffer.from(bytes) });
const message = (type: number, body: Uint8Array) => new Writer().u8(type).vector24(body).build();
const inRecord = (bytes: Uint8Array) => encodeRecord(22, 0x0303, bytes);

function serverHello(suite: number, extensions = new Writer().build()): Buffer {
  const body = new Writer()
    .u16(0x0303)
    .bytes(randomBytes(32))
    .vector8(Buffer.alloc(0))
    .u16(suite)
    .u8(0);
  return message(2, (extensions.length > 0 ? body.vector16(extensions) : body).build());
}

/** First these bytes, then `more` for ever. */
function then(first: Uint8Array, more: ReadOutcome): () => ReadOutcome {
  let said = false;
  return () => {
    if (said) return more;
    said = true;
    return data(first);
  };
}

async function ends(next: () => ReadOutcome, options: HandshakeOptions = { version: 'TLS1.2' }) {
  const server = scripted(next);
  const outcome = await handshake(server.dialer, options);
  expect(server.closed()).toBe(true);
  expect(server.reads()).toBeLessThan(20_000);
  return outcome;
}

const hello = inRecord(serverHello(0xc02f));

describe('a hostile server comes to an end', () => {
  test('with messages without end', async () => {
    const request = inRecord(message(11, new Writer().vector24(Buffer.alloc(0)).build()));
    expect((await ends(then(hello, data(request)))).kind).toBe('garbage');
  });

  test('with one message that never ends', async () => {
    const start = inRecord(Buffer.concat([Buffer.from([11, 3, 0xff, 0xff]), Buffer.alloc(16_000)]));
    const more = data(inRecord(Buffer.alloc(16_000)));
    const outcome = await ends(then(Buffer.concat([hello, start]), more));
    expect(['limit', 'garbage']).toContain(outcome.kind);
    expect(outcome.kind !== 'done' && outcome.seen?.suite).toBe(0xc02f);
  });

  test('with records of nothing', async () => {
    expect((await ends(then(hello, data(inRecord(Buffer.alloc(0)))))).kind).toBe('limit');
  });

  test('with warnings without end', async () => {
    const warning = encodeRecord(21, 0x0303, Buffer.from([1, 112]));
    expect((await ends(() => data(warning))).kind).toBe('limit');
  });

  test('with a change_cipher_spec without end under TLS 1.3', async () => {
    const change = data(encodeRecord(20, 0x0303, Buffer.from([1])));
    const keyShare = new Writer()
      .u16(43)
      .vector16(Buffer.from([3, 4]))
      .build();
    const outcome = await ends(then(inRecord(serverHello(0x1301, keyShare)), change), {
      version: 'TLS1.3',
    });
    expect(['limit', 'garbage']).toContain(outcome.kind);
  });

  test('with silence, an end, a reset, or too much', async () => {
    for (const kind of ['timeout', 'closed', 'reset', 'limit'] as const) {
      expect(await ends(() => ({ kind }))).toEqual({ kind });
    }
  });

  test('that drips for longer than a handshake may take', async () => {
    const drip = Buffer.concat([hello, Buffer.from([22, 3, 3, 0x40, 0])]);
    let at = 0;
    const server = scripted(() => {
      at += 1;
      return at <= drip.length ? data(drip.subarray(at - 1, at)) : { kind: 'timeout' };
    });
    const outcome = await handshake(server.dialer, { version: 'TLS1.2', timeoutMs: 1_000 });
    expect(outcome.kind).toBe('timeout');
  });
});

test('what a server answers, whole or broken, is an outcome and never an exception', async () => {
  const certificate = message(
    11,
    new Writer().vector24(new Writer().vector24(randomBytes(40)).build()).build(),
  );
  const keyExchange = message(
    12,
    Buffer.concat([
      Buffer.from([3, 0, 0x1d, 32]),
      randomBytes(32),
      Buffer.from([4, 1, 0, 4, 1, 2, 3, 4]),
    ]),
  );
  const flight = inRecord(
    Buffer.concat([serverHello(0xc02f), certificate, keyExchange, message(14, Buffer.alloc(0))]),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(flight.length - 1), fc.nat(255)), { maxLength: 4 }),
      fc.uint8Array({ maxLength: 64 }),
      fc.constantFrom('TLS1.0', 'TLS1.2', 'TLS1.3', undefined),
      async (changes, tail, version) => {
        const bytes = Buffer.concat([flight, tail]);
        for (const [at, value] of changes) bytes[at] = value;
        const outcome = await ends(then(bytes, { kind: 'closed' }), version ? { version } : {});
        expect(outcome.kind).not.toBe('done');
      },
    ),
    { numRuns: 2_000 },
  );
});

test('a version that the server offers is tried again, slower, before an older one', async () => {
  const { dialer } = scripted(() => ({ kind: 'reset' }));
  let opened = 0;
  let slowed = 0;
  const counting: Dialer = {
    ...dialer,
    open: () => {
      opened += 1;
      return dialer.open();
    },
    slowDown: () => (slowed += 1),
  };
  const offered = (version: 'TLS1.2' | 'TLS1.3'): ProtocolResult => ({
    version,
    offered: 'yes',
    suites: [],
    suitesComplete: false,
    preference: 'unknown',
  });
  const outcome = await handshakeBest(counting, [offered('TLS1.3'), offered('TLS1.2')]);
  expect(outcome).toEqual({ kind: 'reset' });
  expect([opened, slowed]).toEqual([4, 2]);
});

test('a scan that is cancelled ends with the reason', async () => {
  const { dialer } = scripted(() => ({ kind: 'reset' }));
  const signal = AbortSignal.abort(new Error('cancelled'));
  await expect(handshake({ ...dialer, signal })).rejects.toThrow('cancelled');
});
