import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { oldNode, type OldNodeVersion } from './oldNode';

export interface OldServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Options of `https.createServer` of that Node; key and certificate as PEM. */
export interface OldServerOptions {
  readonly key: string;
  readonly cert: string;
  readonly [option: string]: unknown;
}

/**
 * An HTTPS server on loopback run by Node of another day; `flags` such as `--enable-ssl3` go to it.
 * Its script is old JavaScript, as the oldest of them needs it.
 */
export async function startOldServer(
  version: OldNodeVersion,
  options: OldServerOptions,
  flags: readonly string[] = [],
): Promise<OldServer> {
  const script = `
    var options = JSON.parse(process.argv[process.argv.length - 1]);
    var server = require('https').createServer(options, function (request, response) {
      response.end('hello');
    });
    server.on('clientError', function () {});
    server.on('tlsClientError', function () {});
    server.listen(0, '127.0.0.1', function () { console.log(server.address().port); });
    process.stdin.resume();
    process.stdin.on('end', function () { process.exit(0); });
  `;
  const child = spawn(
    await oldNode(version),
    [...flags, '-e', script, '--', JSON.stringify(options)],
    // It ends with us: its standard input closes.
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = once(child, 'exit');
  const line = once(createInterface(child.stdout), 'line') as Promise<[string]>;
  const first = await Promise.race([line, ended.then(() => undefined)]);
  if (!first) throw new Error(`Node ${version} did not start: ${complaint}`);
  return {
    port: Number(first[0]),
    async close() {
      child.kill();
      await ended;
    },
  };
}
