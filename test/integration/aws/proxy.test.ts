import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AppError } from '../../../shared/model/errors';
import { openWorld, type World } from './loopback';

/** A name that no resolver knows: only a proxy can lead there. */
const host = 'kms.claviger.invalid';
let folder: string;
let bundle: string;
let server: Server;
let asked: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-proxy-'));
  bundle = join(folder, 'ca.pem');
  const key = join(folder, 'key.pem');
  const made = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ${key} -out ${bundle} -days 2 -subj /CN=${host} -addext subjectAltName=DNS:${host}`;
  execFileSync('openssl', made.split(' '), { stdio: 'ignore' });
  server = createHttpsServer(
    { key: readFileSync(key), cert: readFileSync(bundle) },
    (_, answer) => {
      answer.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      answer.end(JSON.stringify({ Keys: [{ KeyId: 'k' }], Truncated: false }));
    },
  );
  await listen(server);
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(listener: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  return (listener.address() as AddressInfo).port;
}

/** A proxy that leads every CONNECT to the server above, or refuses it. */
async function startProxy(refusal?: string): Promise<number> {
  asked = [];
  const proxy = createHttpServer();
  const open = new Set<Duplex>();
  proxy.on('connect', (request: IncomingMessage, client: Duplex) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? 'nobody'}`);
    open.add(client);
    client.on('error', () => {});
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const far = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      far.pipe(client).pipe(far);
    });
    open.add(far.on('error', () => {}));
  });
  const port = await listen(proxy);
  closers.push(() => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => proxy.close(resolve));
  });
  return port;
}

async function open(env: Record<string, string>, more = ''): Promise<World> {
  const world = await openWorld(
    {
      '.aws/config': `[profile ann]\nregion = eu-central-1\nendpoint_url = https://${host}\n${more}`,
      '.aws/credentials': '[ann]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = s\n',
    },
    { env, tuning: { failedAttempts: 1 } },
  );
  closers.push(world.close);
  return world;
}

const listKeys = ({ aws }: World) =>
  aws.gateway.send({ connection: 'profile:ann', region: 'eu-central-1' }, new ListKeysCommand({}));

async function failure(world: World): Promise<AppError> {
  return listKeys(world).then(
    () => expect.fail('the call should have failed'),
    (error: AppError) => error,
  );
}

describe('a proxy and an own authority', () => {
  it('lead to AWS, with the name and password that stand in the address', async () => {
    const port = await startProxy();
    const world = await open(
      { HTTPS_PROXY: `http://ann:p%40ss@127.0.0.1:${port}` },
      `ca_bundle = ${bundle}\n`,
    );
    const { output } = await listKeys(world);
    expect(output.Keys).toEqual([{ KeyId: 'k' }]);
    expect(asked).toEqual([`${host}:443 Basic ${Buffer.from('ann:p@ss').toString('base64')}`]);
  });

  it('do not make a certificate pass that no known authority has signed', async () => {
    const port = await startProxy();
    const error = await failure(await open({ HTTPS_PROXY: `http://127.0.0.1:${port}` }));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('certificate');
  });

  it('are told to sign in where the proxy asks for it, without the password in the sentence', async () => {
    const port = await startProxy('407 Proxy Authentication Required');
    const error = await failure(await open({ HTTPS_PROXY: `http://ann:secret@127.0.0.1:${port}` }));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain(
      `The proxy 127.0.0.1:${port} refuses the way to AWS (HTTP 407)`,
    );
    expect(error.message).not.toContain('secret');
  });

  it('are named where the bundle is missing or holds no certificate', async () => {
    const missing = await failure(await open({ AWS_CA_BUNDLE: join(folder, 'none.pem') }));
    expect(missing.code).toBe('file-failed');
    expect(missing.message).toContain('none.pem cannot be read (ENOENT)');
    const empty = await failure(await open({ AWS_CA_BUNDLE: join(folder, 'key.pem') }));
    expect(empty.message).toContain('holds no certificate in PEM format');
  });
});
