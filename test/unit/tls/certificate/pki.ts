import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPemCertificates } from '../../../../electron/tls/certificate/pem';
import { readCertificate, type X509 } from '../../../../electron/tls/certificate/x509';

/** How one certificate is to be. */
export interface Wanted {
  /** Debian's notation: `/O=Example/CN=leaf`. */
  readonly subject?: string;
  /** Self-signed where absent. */
  readonly issuer?: Issued;
  /** Arguments of `openssl req -newkey`; P-256 where absent. */
  readonly key?: readonly string[];
  /** Another certificate's key is used again, as cross-signed authorities have it. */
  readonly sameKeyAs?: Issued;
  readonly extensions?: readonly string[];
  readonly days?: number;
  /** Hex. */
  readonly serial?: string;
  /** `-sha1`, `-sigopt`, ... */
  readonly signing?: readonly string[];
}

export interface Issued {
  readonly name: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly pem: string;
  readonly der: Buffer;
  readonly x509: X509;
}

export interface Pki {
  readonly dir: string;
  issue(name: string, wanted?: Wanted): Issued;
  /** A number that nobody had before. */
  next(): number;
  /** Runs openssl in the folder; gives its output, both streams, and its status. */
  openssl(...args: readonly string[]): { status: number; output: string };
  /** Writes a file into the folder and gives its path. */
  file(name: string, content: string | Buffer): string;
  remove(): void;
}

export const p256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
export const authority = [
  'basicConstraints=critical,CA:TRUE',
  'keyUsage=critical,keyCertSign,cRLSign',
];
export const server = (host = 'example.test') => [
  `subjectAltName=DNS:${host}`,
  'extendedKeyUsage=serverAuth',
];

/** A certificate authority in a temporary folder, run by Debian's openssl. */
export function createPki(): Pki {
  const dir = mkdtempSync(join(tmpdir(), 'claviger-pki-'));
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const run = (args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });

  function issue(name: string, wanted: Wanted = {}): Issued {
    const { days = 365, issuer, key = p256, serial, signing = [] } = wanted;
    const keyFile = wanted.sameKeyAs?.keyFile ?? join(dir, `${name}.key`);
    const newKey = wanted.sameKeyAs
      ? ['-key', keyFile]
      : ['-newkey', ...key, '-nodes', '-keyout', keyFile];
    const subject = ['-subj', wanted.subject ?? `/CN=${name}`, '-utf8'];
    run(['req', '-new', ...newKey, ...subject, '-out', `${name}.csr`]);
    const extensions = file(`${name}.cnf`, (wanted.extensions ?? authority).join('\n'));
    const signer = issuer
      ? ['-CA', issuer.certFile, '-CAkey', issuer.keyFile]
      : ['-signkey', keyFile];
    const certFile = join(dir, `${name}.pem`);
    const number = `0x${serial ?? (0x1000 + next()).toString(16)}`;
    const about = ['-days', String(days), '-set_serial', number, '-extfile', extensions];
    run(['x509', '-req', '-in', `${name}.csr`, ...signer, ...about, ...signing, '-out', certFile]);
    const pem = readFileSync(certFile, 'utf8');
    const [der] = readPemCertificates(pem);
    const read = readCertificate(der ?? Buffer.alloc(0));
    if (!der || read.kind !== 'certificate') throw new Error(`${name} cannot be read`);
    return { name, certFile, keyFile, pem, der, x509: read.certificate };
  }

  let numbers = 0;
  const next = () => (numbers += 1);
  return {
    dir,
    issue,
    next,
    file,
    openssl: (...args) => {
      try {
        return { status: 0, output: run(args).toString() };
      } catch (error) {
        const { status, stderr, stdout } = error as {
          status: number;
          stderr: Buffer;
          stdout: Buffer;
        };
        return { status, output: `${String(stdout)}${String(stderr)}` };
      }
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
