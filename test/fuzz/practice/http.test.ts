import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
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

  it('serves on while 10,000 connections stand open and say nothing', async () => {
    // Each connection takes a file of this process and one of the client's, which is a process of its own.
    const { stdout } = await run('sh', ['-c', 'ulimit -n']);
    const files = stdout.trim() === 'unlimited' ? Infinity : Number(stdout);
    const count = Math.min(10_000, files - 500);
    const client = spawn(process.execPath, ['-e', manyConnections, portOf(practice), `${count}`]);
    const before = process.memoryUsage().rss;
    const [open] = (await once(client.stdout, 'data')) as [Buffer];
    expect(open.toString()).toBe('open');
    await stillServes();
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
    client.kill();
    await once(client, 'close');
    await stillServes();
  });

  it('lets clients go that take their time over a request, and serves the others meanwhile', async () => {
    const sockets = await Promise.all(
      ['POST / HTT', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Le'].map(async (start) => {
        const socket = connect(Number(portOf(practice)), '127.0.0.1');
        socket.on('error', () => {});
        await once(socket, 'connect');
        socket.write(start);
        return socket;
      }),
    );
    const answers = sockets.map((socket) => once(socket, 'data') as Promise<[Buffer]>);
    await stillServes();
    for (const [answer] of await Promise.all(answers)) {
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 408 /);
    }
    await stillServes();
  });

  it('refuses headers that do not end', async () => {
    const answer = await raw(
      Buffer.from(`POST / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(64 * 1024)}\r\n\r\n`),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    await stillServes();
  });
});

const run = promisify(execFile);
const portOf = ({ endpoint }: Practice) => new URL(endpoint).port;

/** Opens connections, some at a time as a listen queue takes them, and says so when all stand. */
const manyConnections = `
  const { connect } = require('node:net');
  const [port, count] = process.argv.slice(1).map(Number);
  let started = 0;
  let open = 0;
  const next = () => {
    if (started === count) return;
    started++;
    connect(port, '127.0.0.1', () => {
      if (++open === count) process.stdout.write('open');
      next();
    });
  };
  for (let lane = 0; lane < 100; lane++) next();
`;
