import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Kinds of keys, as `openssl req -newkey` makes them. */
const kinds = {
  rsa: ['-newkey', 'rsa:2048'],
  ecdsa: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
  p521: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp521r1'],
  ed25519: ['-newkey', 'ed25519'],
  ed448: ['-newkey', 'ed448'],
  pss: ['-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
} as const;
export type KeyKind = keyof typeof kinds;

export interface Certificates {
  readonly folder: string;
  /** Paths of a self-signed certificate for localhost and its key. */
  of(kind: KeyKind): Promise<{ readonly cert: string; readonly key: string }>;
  remove(): void;
}

/** Self-signed certificates by OpenSSL in a folder of their own, each kind made once. */
export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-openssl-'));
  const made = new Map<KeyKind, Promise<{ cert: string; key: string }>>();
  async function make(kind: KeyKind) {
    const cert = join(folder, `${kind}.pem`);
    const key = join(folder, `${kind}.key`);
    const args = ['req', '-x509', ...kinds[kind], '-nodes', '-keyout', key, '-out', cert];
    await run('openssl', [...args, '-days', '90', '-subj', '/CN=localhost']);
    return { cert, key };
  }
  return {
    folder,
    of(kind) {
      const files = made.get(kind) ?? make(kind);
      made.set(kind, files);
      return files;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface OpensslServer {
  readonly port: number;
  /** What it printed, all of it. */
  readonly output: () => string;
  /** Sends a line to who is connected; without `-www`. */
  readonly say: (line: string) => void;
  close(): Promise<void>;
}

/** `openssl s_server` on a free port of loopback, with these further arguments. Answers HTTP with `-www`. */
export async function startOpensslServer(
  files: { readonly cert: string; readonly key: string },
  args: readonly string[] = [],
): Promise<OpensslServer> {
  const child = spawn(
    'openssl',
    ['s_server', '-accept', '127.0.0.1:0', '-cert', files.cert, '-key', files.key, ...args],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'exit');
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      output += `${line}\n`;
      const accept = /^ACCEPT .*:(\d+)$/.exec(line);
      if (accept) resolve(Number(accept[1]));
    });
    child.once('exit', () => reject(new Error(`openssl s_server did not start: ${output}`)));
  });
  return {
    port,
    output: () => output,
    say: (line) => child.stdin.write(`${line}\n`),
    async close() {
      child.kill();
      await ended;
    },
  };
}
