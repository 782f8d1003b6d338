import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface NginxServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface NginxOptions {
  /** Each certificate with its key, as paths. */
  readonly certificates: readonly { readonly cert: string; readonly key: string }[];
  /** Further lines of the `server` block, such as `ssl_protocols TLSv1.2;`. */
  readonly directives: readonly string[];
  /** Addresses of loopback that it listens on, all with one port; `127.0.0.1` where absent. */
  readonly addresses?: readonly string[];
}

/** Debian's nginx with one TLS server on a free port of loopback, answering `hello`. */
export async function startNginx({
  certificates,
  directives,
  addresses = ['127.0.0.1'],
}: NginxOptions): Promise<NginxServer> {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-nginx-'));
  mkdirSync(join(folder, 'temp'));
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/temp/${kind};`,
  );
  const keys = certificates.map(
    ({ cert, key }) => `ssl_certificate ${cert}; ssl_certificate_key ${key};`,
  );
  const configuration = `
    daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log crit;
    events { worker_connections 4096; }
    http {
      access_log off; ${temporary.join(' ')}
      server {
        ${addresses.map((address) => `listen ${address}:${port} ssl;`).join('\n')}
        ${keys.join('\n')}
        ${directives.join('\n')}
        location / { return 200 hello; }
      }
    }`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration);
  const child = spawn('nginx', ['-c', file, '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = once(child, 'exit');
  let running = true;
  void ended.then(() => (running = false));
  while (!(await answers(port, addresses.at(-1)))) {
    if (!running) throw new Error(`nginx did not start: ${complaint}`);
  }
  return {
    port,
    async close() {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** nginx cannot choose one itself. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answered: boolean) => {
      socket.destroy();
      setImmediate(resolve, answered);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
