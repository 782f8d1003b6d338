import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFirstMessage } from '../../../../electron/practice/tls/clientHello';
import { buildClientHello } from '../../../../electron/tls/wire/clientHello';

const hello = buildClientHello({
  version: 'TLS1.3',
  suites: [0x1301, 0xc02f],
  sni: 'localhost',
  groups: [0x001d],
  signatureAlgorithms: [0x0403, 0x0804],
});
/** CLIENT-HELLO with two kinds and a challenge of 16 bytes. */
const ssl2Hello = Buffer.concat([
  Buffer.from([0x80, 31, 1, 0, 2, 0, 6, 0, 0, 0, 16, 1, 0, 0x80, 7, 0, 0xc0]),
  Buffer.alloc(16, 7),
]);

describe('what a practice server reads of a client', () => {
  it('is the offer of a hello', () => {
    expect(readFirstMessage(hello)).toMatchObject({
      kind: 'tls',
      version: 0x0303,
      versions: expect.arrayContaining([0x0304]) as number[],
      suites: expect.arrayContaining([0x1301, 0xc02f]) as number[],
      signatureAlgorithms: [0x0403, 0x0804],
    });
  });

  it('is the kinds of SSL 2', () => {
    expect(readFirstMessage(ssl2Hello)).toEqual({ kind: 'ssl2', kinds: [0x010080, 0x0700c0] });
  });

  it.each([
    ['TLS', hello],
    ['SSL 2', ssl2Hello],
  ])('waits for the end of a hello of %s', (_name, whole) => {
    for (let length = 0; length < whole.length; length++) {
      expect(readFirstMessage(whole.subarray(0, length))).toBeUndefined();
    }
  });

  it('is nonsense or waits, whatever comes', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });
    const record = bytes.map((body) => [0x16, 3, 1, 0, body.length, ...body]);
    const ssl2 = bytes.map((body) => [0x80, body.length, ...body]);
    const broken = fc
      .tuple(fc.nat(hello.length - 1), fc.nat(255))
      .map(([at, value]) => [...hello.subarray(0, at), value, ...hello.subarray(at + 1)]);
    fc.assert(
      fc.property(fc.oneof(bytes, record, ssl2, broken), (input) => {
        const read = readFirstMessage(Buffer.from(input));
        expect(['tls', 'ssl2', 'nonsense', undefined]).toContain(read?.kind);
      }),
      { numRuns: 2000 },
    );
  });
});
