import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reader, Writer, decodeU16s, encodeU16s } from '../../../../electron/tls/wire/bytes';
import { buildClientHello, type HelloOptions } from '../../../../electron/tls/wire/clientHello';
import { RecordReader, encodeRecord } from '../../../../electron/tls/wire/records';
import { readExtensions } from '../../../../electron/tls/wire/serverHello';
import { FlightReader } from '../../../../electron/tls/wire/serverFlight';
import { buildSsl2Hello, decodeSsl2Flight } from '../../../../electron/tls/wire/ssl2';

const u16 = fc.integer({ min: 0, max: 0xffff });
const bytes = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

describe('records', () => {
  it('come out as they went in, however they are cut on the way', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ type: fc.integer({ min: 20, max: 24 }), payload: bytes(40_000) }), {
          maxLength: 4,
        }),
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 }),
        (records, cuts) => {
          const stream = Buffer.concat(
            records.map(({ type, payload }) => encodeRecord(type, 0x0303, payload)),
          );
          const reader = new RecordReader();
          const found: { type: number; payload: Buffer }[] = [];
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const end = at + (cuts[turn % cuts.length] ?? 1);
            reader.push(stream.subarray(at, end));
            at = end;
            for (let record = reader.next(); record; record = reader.next()) {
              if ('garbage' in record) throw new Error(record.garbage);
              found.push(record);
            }
          }
          const join = (some: readonly { type: number; payload: Buffer }[]) =>
            some.map(({ type, payload }) => `${type}:${payload.toString('hex')}`).join();
          const split = records.flatMap(({ type, payload }) => {
            const parts = [{ type, payload: payload.subarray(0, 16_384) }];
            for (let at = 16_384; at < payload.length; at += 16_384) {
              parts.push({ type, payload: payload.subarray(at, at + 16_384) });
            }
            return parts;
          });
          expect(join(found)).toBe(join(split));
          expect(reader.pending).toHaveLength(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['another type', Buffer.from('HTTP/1.1')],
    ['another version', Buffer.from([22, 2, 0, 0, 1, 0])],
    ['too long a record', Buffer.from([22, 3, 3, 0xff, 0xff])],
  ])('tell %s from TLS', (_, stream) => {
    const reader = new RecordReader();
    reader.push(stream);
    expect(reader.next()).toHaveProperty('garbage');
  });
});

describe('a ClientHello', () => {
  const options: fc.Arbitrary<HelloOptions> = fc.record({
    version: fc.constantFrom('TLS1.0', 'TLS1.1', 'TLS1.2', 'TLS1.3'),
    suites: fc.array(u16, { minLength: 1, maxLength: 200 }),
    sni: fc.constantFrom(null, 'example.com'),
    groups: fc.array(u16, { maxLength: 40 }),
    signatureAlgorithms: fc.array(u16, { maxLength: 40 }),
    alpn: fc.constantFrom([], ['h2', 'http/1.1']),
    random: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    sessionId: fc.uint8Array({ maxLength: 32 }),
  });

  it('holds what it was asked to offer', () => {
    fc.assert(
      fc.property(options, (hello) => {
        const record = new Reader(buildClientHello(hello));
        expect(record.u8()).toBe(22);
        expect(record.u16()).toBe(0x0301);
        const message = new Reader(record.vector16());
        record.end();
        expect(message.u8()).toBe(1);
        const body = new Reader(message.vector24());
        message.end();
        const version = { 'TLS1.0': 0x0301, 'TLS1.1': 0x0302, 'TLS1.2': 0x0303, 'TLS1.3': 0x0303 };
        expect(body.u16()).toBe(version[hello.version as 'TLS1.2']);
        expect([...body.bytes(32)]).toEqual([...(hello.random ?? [])]);
        expect([...body.vector8()]).toEqual([...(hello.sessionId ?? [])]);
        expect(decodeU16s(body.vector16())).toEqual(hello.suites);
        expect([...body.vector8()]).toEqual([0]);
        const extensions = body.remaining > 0 ? readExtensions(body.vector16()) : new Map();
        body.end();
        expect(extensions.has(0)).toBe(hello.sni !== null);
        const groups = extensions.get(10);
        expect(groups ? decodeU16s(groups.subarray(2)) : []).toEqual(hello.groups);
        const schemes = extensions.get(13);
        expect(schemes ? decodeU16s(schemes.subarray(2)) : []).toEqual(hello.signatureAlgorithms);
        expect(extensions.has(43)).toBe(hello.version === 'TLS1.3');
        // An empty list of shares: the server is to name the group itself.
        if (hello.version === 'TLS1.3') expect(extensions.get(51)).toEqual(Buffer.from([0, 0]));
      }),
    );
  });

  it('of SSLv3 has no extensions', () => {
    const hello = buildClientHello({ version: 'SSLv3', suites: [5], sni: 'a', groups: [23] });
    expect(hello.subarray(1, 3)).toEqual(Buffer.from([3, 0]));
    expect(hello).toHaveLength(5 + 4 + 2 + 32 + 1 + 2 + 2 + 2);
  });
});

describe('fields', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(u16), bytes(200), bytes(200), (numbers, small, large) => {
        const written = new Writer()
          .vector16(encodeU16s(numbers))
          .vector8(small)
          .vector24(large)
          .u32(0xdeadbeef)
          .build();
        const reader = new Reader(written);
        expect(decodeU16s(reader.vector16())).toEqual(numbers);
        expect(reader.vector8()).toEqual(small);
        expect(reader.vector24()).toEqual(large);
        expect(reader.u32()).toBe(0xdeadbeef);
        reader.end();
      }),
    );
  });
});

describe('a flight', () => {
  const alert = (level: number, description: number) =>
    encodeRecord(21, 0x0301, Buffer.from([level, description]));

  it('that breaks off after a warning is refused only by who hangs up', () => {
    const read = (kind: 'closed' | 'reset' | 'timeout' | 'limit') => {
      const flight = new FlightReader('hello');
      flight.push(alert(1, 112));
      expect(flight.next()).toBeUndefined();
      return flight.endWith(kind);
    };
    expect(read('closed')).toEqual({ kind: 'alert', level: 1, description: 112 });
    expect(read('timeout')).toEqual({ kind: 'timeout' });
    expect(read('limit')).toEqual({ kind: 'limit' });
  });

  it('that ends with a fatal alert is that alert', () => {
    const flight = new FlightReader('done');
    flight.push(alert(2, 40));
    expect(flight.next()).toEqual({ kind: 'alert', level: 2, description: 40 });
  });
});

describe('SSLv2', () => {
  it('offers its kinds in the hello', () => {
    const hello = buildSsl2Hello([0x010080, 0x0700c0]);
    expect(hello.readUInt16BE(0)).toBe(0x8000 | (hello.length - 2));
    expect(hello.subarray(2, 5)).toEqual(Buffer.from([1, 0, 2]));
    expect(hello.subarray(11, 17).toString('hex')).toBe('0100800700c0');
  });

  it('reads the kinds and the certificate of the answer, in one piece or many', () => {
    fc.assert(
      fc.property(
        bytes(300),
        fc.array(fc.constantFrom(0x010080, 0x0700c0)),
        (certificate, kinds) => {
          const specs = new Writer();
          for (const kind of kinds) specs.u24(kind);
          const list = specs.build();
          const body = new Writer()
            .u8(4)
            .u8(0)
            .u8(certificate.length > 0 ? 1 : 0)
            .u16(2)
            .u16(certificate.length)
            .u16(list.length)
            .u16(16)
            .bytes(certificate)
            .bytes(list)
            .bytes(Buffer.alloc(16, 9))
            .build();
          const answer = new Writer()
            .u16(0x8000 | body.length)
            .bytes(body)
            .build();
          expect(decodeSsl2Flight(answer.subarray(0, -1))).toBeUndefined();
          const flight = decodeSsl2Flight(answer);
          expect(flight).toMatchObject({ kind: 'hello', kinds });
          if (flight?.kind === 'hello' && certificate.length > 0) {
            expect(flight.certificate).toEqual(certificate);
          }
        },
      ),
    );
  });
});
