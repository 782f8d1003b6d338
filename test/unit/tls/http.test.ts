import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bodyText, maxBodyBytes, readAnswer } from '../../../electron/tls/http/answer';
import { readHsts } from '../../../electron/tls/http/hsts';
import { get } from '../../../electron/tls/http/get';

const read = (text: string) => readAnswer(Buffer.from(text, 'latin1'));
function answerOf(text: string) {
  const reading = read(text);
  if (reading.kind !== 'answer') throw new Error(reading.kind);
  return reading;
}

describe('an HTTP answer', () => {
  test('with a length, in chunks, and to the end of the connection', () => {
    expect(answerOf('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhixx')).toMatchObject({
      complete: true,
      answer: { status: 200, body: Buffer.from('hi') },
    });
    const chunked = 'HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhi\r\n1\r\n!\r\n';
    expect(answerOf(chunked)).toMatchObject({
      complete: false,
      answer: { body: Buffer.from('hi!') },
    });
    expect(answerOf(`${chunked}0\r\n\r\n`).complete).toBe(true);
    expect(answerOf('HTTP/1.0 404 Not Found\n\nno')).toMatchObject({
      complete: false,
      answer: { status: 404, body: Buffer.from('no') },
    });
  });

  test('comes behind interim answers, and folded lines belong together', () => {
    const { answer } = answerOf(
      'HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 204 X\r\nA: b\r\n c\r\nbad line\r\n\r\n',
    );
    expect(answer.status).toBe(204);
    expect(answer.headers).toEqual([['a', 'b c']]);
  });

  test('is none where another protocol speaks, and not yet one where it is short', () => {
    expect(read('SSH-2.0-x\r\n').kind).toBe('other');
    expect(read('220 mail ESMTP\r\n').kind).toBe('other');
    expect(read('HT').kind).toBe('more');
    expect(read('HTTP/1.1 200 OK\r\n').kind).toBe('more');
    expect(read('HTTP/1.1 xyz\r\n\r\n').kind).toBe('other');
    expect(read(`HTTP/1.1 200 OK\r\nA: ${'a'.repeat(70_000)}`).kind).toBe('other');
  });

  test('any bytes are read in bounds', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, chunked) => {
        const head = chunked
          ? 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
          : 'HTTP/1.1 ';
        const reading = read(head + text);
        if (reading.kind === 'answer')
          expect(reading.answer.body.length).toBeLessThanOrEqual(maxBodyBytes);
      }),
    );
  });

  test('is unpacked in bounds, also where it is cut', () => {
    const packed = gzipSync('a page of words');
    const answer = (body: Buffer) => ({
      status: 200,
      headers: [['content-encoding', 'gzip']] as const,
      body,
    });
    expect(bodyText(answer(packed))).toBe('a page of words');
    expect('a page of words'.startsWith(bodyText(answer(packed.subarray(0, -9))))).toBe(true);
    expect(bodyText(answer(gzipSync(Buffer.alloc(1_000_000))))).toBe('');
    expect(bodyText(answer(Buffer.from('no gzip')))).toBe('');
  });
});

describe('Strict-Transport-Security as RFC 6797 has it', () => {
  const hsts = (...values: string[]) =>
    readHsts({
      status: 200,
      headers: values.map((value) => ['strict-transport-security', value] as const),
      body: Buffer.alloc(0),
    });

  test.each([
    ['max-age=31536000', 31536000, false, false],
    ['MAX-AGE="63072000" ; includeSubDomains; preload', 63072000, true, true],
    [' ; max-age=1;;unknown="a;b"; IncludeSubDomains', 1, true, false],
  ])('%s', (value, maxAgeSeconds, includeSubDomains, preload) => {
    expect(hsts(value)).toMatchObject({ value: 'yes', maxAgeSeconds, includeSubDomains, preload });
  });

  test.each([
    ['includeSubDomains'],
    ['max-age'],
    ['max-age='],
    ['max-age=-1'],
    ['max-age=1y'],
    ['max-age=1; max-age=1'],
    ['max-age=1; includeSubDomains; includesubdomains'],
    ['max-age="1'],
    ['max-age=0'],
    [''],
  ])('%s is no protection', (value) => {
    expect(hsts(value)).toMatchObject({ value: 'no', why: expect.any(String) as string });
  });

  test('of several headers the first counts', () => {
    expect(hsts('max-age=5', 'max-age=9')).toMatchObject({ value: 'yes', maxAgeSeconds: 5 });
    expect(hsts('nonsense', 'max-age=9').value).toBe('no');
    expect(hsts().value).toBe('no');
  });
});

test('the request tells nothing of who asks, and a server that drips is left', async () => {
  let sent = '';
  let reads = 0;
  const outcome = await get(
    {
      send: (bytes) => void (sent += Buffer.from(bytes).toString('latin1')),
      receive: () => {
        reads += 1;
        return Promise.resolve({ kind: 'data', bytes: Buffer.from(reads === 1 ? 'HTTP/' : '1') });
      },
    },
    'host.example',
  );
  expect(sent).toMatch(
    /^GET \/ HTTP\/1\.1\r\nHost: host\.example\r\nUser-Agent: Mozilla\/5\.0\r\n/,
  );
  expect(sent).not.toMatch(/claviger|node|electron/i);
  expect(outcome).toEqual({ kind: 'timeout' });
  expect(reads).toBeLessThan(1000);
});
