import { once } from 'node:events';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';

let practice: Practice;
let kms: KMSClient;

beforeAll(async () => {
  practice = await startPractice({ seed: 'empty' });
  const { endpoint, accessKeyId, secretAccessKey } = practice;
  kms = new KMSClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
  });
});
afterAll(async () => {
  kms.destroy();
  await practice.close();
});

/** Sends bytes as they are and gives what comes back until the server closes, or the client has enough. */
async function raw(bytes: Buffer): Promise<string> {
  const socket = connect(Number(new URL(practice.endpoint).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.end(bytes);
  await once(socket, 'close');
  return text;
}

const stillServes = async () => {
  expect((await kms.send(new ListKeysCommand({}))).Keys).toEqual([]);
};

describe('whatever comes over the wire', () => {
  it('leaves the server standing: bytes that are no HTTP', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
        await raw(Buffer.from(bytes));
      }),
      { numRuns: 60 },
    );
    await stillServes();
  });

  it('is answered with an AWS error: requests with any headers and body', async () => {
    const headerName = fc.constantFrom(
      'authorization',
      'x-amz-target',
      'x-amz-date',
      'content-type',
      'x-amz-security-token',
    );
    const headerValue = fc.oneof(
      fc.stringMatching(/^[ -~]{0,60}$/),
      fc.constantFrom(
        'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=00',
        'AWS4-HMAC-SHA256',
        'TrentService.CreateKey',
        'application/x-www-form-urlencoded',
        '20261123T000000Z',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(headerName, headerValue),
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('GET', 'POST', 'PUT', 'OPTIONS'),
        fc.constantFrom(
          '/',
          '/?X-Amz-Algorithm=AWS4-HMAC-SHA256',
          '/?%',
          '/_practice/clock',
          '//..//%00',
        ),
        async (headers, body, method, url) => {
          const bytes = Buffer.from(body);
          const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
          const head = `${method} ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${bytes.length}\r\n${lines.join('')}\r\n`;
          const answer = await raw(Buffer.concat([Buffer.from(head, 'latin1'), bytes]));
          expect(answer).toMatch(/^HTTP\/1\.1 (400|401|403|404) /);
        },
      ),
      { numRuns: 150 },
    );
    await stillServes();
  });

  it('refuses a body without end before it fills the memory', async () => {
    const socket = connect(Number(new URL(practice.endpoint).port), '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    const answered = once(socket, 'data') as Promise<[Buffer]>;
    const chunk = Buffer.concat([
      Buffer.from('10000\r\n'),
      Buffer.alloc(0x10000, 97),
      Buffer.from('\r\n'),
    ]);
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    // Twice the limit, and the request is still not at its end.
    for (let sent = 0; sent < 32; sent++) socket.write(chunk);
    const [answer] = await answered;
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
    await stillServes();
  });

  it('serves on while 1,000 connections stand open and say nothing', async () => {
    const port = Number(new URL(practice.endpoint).port);
    const sockets = Array.from({ length: 1000 }, () => connect(port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    await stillServes();
    for (const socket of sockets) socket.destroy();
  });
});
