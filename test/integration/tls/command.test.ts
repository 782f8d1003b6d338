import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { runCli, startCli } from '../cli/runCli';
import { selfSigned } from './support/selfSigned';

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function tlsServer(options: TlsOptions = {}): Promise<string> {
  const server = createServer({ ...(await selfSigned()), ...options }, (socket) => {
    socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  });
  server.on('tlsClientError', () => {});
  return listen(server);
}

/** A port that refuses. */
async function closedPort(): Promise<string> {
  const server = createTcpServer();
  const target = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return target;
}

const quick = ['--only', 'protocols,suites'];
interface Document {
  results: {
    endpoint: { host: string; port: number; address: string | null; sni: string | null };
    protocols: { version: string; offered: string; suites: { id: string; name: string }[] }[];
  }[];
}

describe('claviger tls scan', () => {
  it('prints the promised JSON, and leaves nothing behind', async () => {
    const target = await tlsServer({
      maxVersion: 'TLSv1.2',
      minVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384',
    });
    const dataDir = join(temporaryFolder(), 'data');
    const { code, stdout, stderr } = await runCli(dataDir, [
      'tls',
      'scan',
      target,
      ...quick,
      '--json',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { results } = JSON.parse(stdout) as Document;
    expect(results).toHaveLength(1);
    expect(results[0]?.endpoint).toEqual({
      host: '127.0.0.1',
      port: Number(target.split(':')[1]),
      address: '127.0.0.1',
      sni: null,
    });
    const offered = results[0]?.protocols.map(({ version, offered: answer }) => [version, answer]);
    expect(offered).toEqual([
      ['SSLv2', 'no'],
      ['SSLv3', 'no'],
      ['TLS1.0', 'no'],
      ['TLS1.1', 'no'],
      ['TLS1.2', 'yes'],
      ['TLS1.3', 'no'],
    ]);
    const suites = results[0]?.protocols.find(({ version }) => version === 'TLS1.2')?.suites ?? [];
    expect(suites.map(({ id, name }) => `${id} ${name}`).toSorted()).toEqual([
      '0xC02B TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      '0xC02C TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
    ]);
    expect(Object.keys(results[0] ?? {})).not.toContain('certificates');
    expect(existsSync(dataDir)).toBe(false);
  });

  it('shows one endpoint as a report, several as a table, in their order', async () => {
    const [a, b] = [await tlsServer({ maxVersion: 'TLSv1.2' }), await tlsServer()];
    const one = await runCli(temporaryFolder(), ['tls', 'scan', a, ...quick]);
    expect(one.stdout).toMatch(/TLS1\.2 +yes/);
    expect(one.stdout).toMatch(/0xC02B +TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256/);
    const two = await runCli(temporaryFolder(), ['tls', 'scan', b, a, ...quick]);
    const [, first, second] = two.stdout.split('\n');
    expect(first).toContain(b);
    expect(second).toContain(a);
    expect(second).toMatch(/ TLS1\.2( |$)/);
    expect(two.stdout).not.toContain('\u001b');
  });

  it('writes CSV and SARIF', async () => {
    const target = await tlsServer();
    const csv = await runCli(temporaryFolder(), ['tls', 'scan', target, ...quick, '--csv']);
    expect(csv.stdout.split('\r\n')).toHaveLength(3);
    const sarif = await runCli(temporaryFolder(), ['tls', 'scan', target, ...quick, '--sarif']);
    expect(JSON.parse(sarif.stdout)).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'Claviger' } } }],
    });
  });

  it('reads endpoints from a file, with more of them in threads of their own', async () => {
    const target = await tlsServer();
    const port = Number(target.split(':')[1]);
    const file = join(temporaryFolder(), 'endpoints.csv');
    // One name to send each, so that the ten are ten endpoints.
    const lines = Array.from({ length: 10 }, (_, n) => `127.0.0.1,${port},name-${n}.example`);
    writeFileSync(file, ['host,port,sni', ...lines].join('\n'));
    const args = ['tls', 'scan', '--input', file, ...quick, '--json'];
    const { code, stdout } = await runCli(temporaryFolder(), args);
    expect(code).toBe(0);
    const { results } = JSON.parse(stdout) as Document;
    expect(results.map(({ endpoint }) => endpoint.sni)).toEqual(
      lines.map((_line, n) => `name-${n}.example`),
    );
  });

  it('ends with 1 where nothing is reached, with 3 where a part is not', async () => {
    const [closed, open] = [await closedPort(), await tlsServer()];
    const none = await runCli(temporaryFolder(), ['tls', 'scan', closed, ...quick, '--json']);
    expect(none.code).toBe(1);
    expect(none.stderr).toContain(`${closed}: not reached. The connection was refused.`);
    expect((JSON.parse(none.stdout) as Document).results[0]).toMatchObject({ reachable: false });
    const part = await runCli(temporaryFolder(), ['tls', 'scan', closed, open, ...quick]);
    expect(part.code).toBe(3);
    expect(part.stdout).toContain('not reached');
  });

  it('ends with 1 below the grade that is asked for, and never passes without a grade', async () => {
    const target = await tlsServer();
    const args = ['tls', 'scan', target, '--min-grade', 'F', '--json'];
    const whole = await runCli(temporaryFolder(), args);
    expect(whole.stderr).toContain('grade T, which is below F'); // self-signed
    expect(whole.code).toBe(1);
    const part = await runCli(temporaryFolder(), [...args, ...quick]);
    expect(part.stderr).toContain('no grade');
    expect(part.code).toBe(3);
  });

  it.each([
    [['tls', 'scan'], /Name an endpoint/],
    [['tls', 'scan', '*.example.com'], /wildcard/],
    [['tls', 'scan', '127.0.0.1:0'], /“0” is no port/],
    [['tls', 'scan', 'http://127.0.0.1/'], /no https address/],
    [['tls', 'scan', '127.0.0.1', '--only', 'protocols,colours'], /--only: there is no “colours”/],
    [['tls', 'scan', '127.0.0.1', '--skip', 'everything'], /--skip: there is no “everything”/],
    [
      ['tls', 'scan', '127.0.0.1', '--concurrency', '0'],
      /--concurrency takes a whole number from 1/,
    ],
    [['tls', 'scan', '127.0.0.1', '--elb-policy', 'Strict'], /there is no “Strict”/],
    [['tls', 'scan', '127.0.0.1', '--min-grade', 'G'], /--min-grade takes one of A\+/],
    [['tls', 'scan', '127.0.0.1', '--sni', '127.0.0.1'], /--sni takes a host name/],
    [['tls', 'scan', '127.0.0.1', '--json', '--csv'], /Choose one of/],
    [
      ['tls', 'scan', '--input', '/nowhere/list'],
      /--input: \/nowhere\/list cannot be read \(ENOENT\)/,
    ],
    [['tls', 'scan', '127.0.0.1', '--ca-file', '/dev/null'], /no certificate in PEM/],
    [['tls', 'scan', '127.0.0.1', '--policy', '/nowhere/policy'], /--policy: .* \(ENOENT\)/],
    [['tls'], /It has: tls scan/],
  ])('%j is wrong usage: a sentence and exit code 2', async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(temporaryFolder(), args);
    expect(stderr).toMatch(sentence);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('names the lines of a file that are no endpoints, and scans nothing', async () => {
    const file = join(temporaryFolder(), 'list');
    writeFileSync(file, '127.0.0.1:1\nwww.example.com:http\n');
    const { code, stdout, stderr } = await runCli(temporaryFolder(), [
      'tls',
      'scan',
      '--input',
      file,
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('line 2: “http” is no port');
  });

  it('stops at once on a signal, and prints what was done', async () => {
    const open = await tlsServer();
    const silent = createTcpServer();
    const tarpit = await listen(silent);
    const reached = once(silent, 'connection');
    const child = startCli(temporaryFolder(), ['tls', 'scan', tarpit, open, ...quick, '--json']);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    const ended = once(child, 'close');
    await reached;
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(130);
    const { results } = JSON.parse(stdout) as Document;
    expect(results.every(({ endpoint }) => open.endsWith(`:${endpoint.port}`))).toBe(true);
  });
});
