import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import {
  createCertificates,
  startOpensslServer,
  type KeyKind,
  type OpensslServer,
} from '../integration/tls/support/opensslServer';

const run = promisify(execFile);
const certificates = createCertificates();
const running: OpensslServer[] = [];
let folder: string;
let program: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-tls-'));
  program = join(folder, 'round.mjs');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('./support/tlsRound.ts', import.meta.url)),
      outDir: folder,
      target: 'node20',
      rolldownOptions: {
        external: [...builtinModules, /^node:/],
        output: { entryFileNames: 'round.mjs' },
      },
    },
  });
});
test.afterAll(async () => {
  for (const server of running) await server.close();
  certificates.remove();
  rmSync(folder, { recursive: true, force: true });
});

const tls13 = (suite: string) => ['-tls1_3', '-ciphersuites', suite];
const older = (flag: string, cipher: string) => [flag, '-cipher', `${cipher}:@SECLEVEL=0`];

/** What BoringSSL's own TLS cannot speak is in here beside the usual. */
const servers: readonly [name: string, kind: KeyKind, args: string[], version?: string][] = [
  ['TLS 1.3 AES-GCM', 'rsa', tls13('TLS_AES_256_GCM_SHA384')],
  ['TLS 1.3 CHACHA20', 'ecdsa', tls13('TLS_CHACHA20_POLY1305_SHA256')],
  ['TLS 1.3 CCM', 'ecdsa', tls13('TLS_AES_128_CCM_SHA256')],
  ['TLS 1.3 P-521', 'p521', ['-tls1_3', '-groups', 'P-521']],
  ['TLS 1.3 ffdhe2048', 'rsa', ['-tls1_3', '-groups', 'ffdhe2048']],
  ['TLS 1.3 Ed25519', 'ed25519', ['-tls1_3']],
  ['TLS 1.2 CHACHA20', 'rsa', older('-tls1_2', 'ECDHE-RSA-CHACHA20-POLY1305')],
  ['TLS 1.2 CCM', 'rsa', older('-tls1_2', 'AES256-CCM')],
  ['TLS 1.2 DHE', 'rsa', older('-tls1_2', 'DHE-RSA-AES128-SHA256')],
  ['TLS 1.2 CBC SHA-384', 'rsa', older('-tls1_2', 'ECDHE-RSA-AES256-SHA384')],
  ['TLS 1.2 RSA', 'rsa', older('-tls1_2', 'AES128-SHA256')],
  ['TLS 1.2 NULL', 'rsa', older('-tls1_2', 'NULL-SHA256')],
  ['TLS 1.1', 'rsa', older('-tls1_1', 'ECDHE-RSA-AES128-SHA'), 'TLS1.1'],
  ['TLS 1.0', 'rsa', older('-tls1', 'DHE-RSA-AES256-SHA'), 'TLS1.0'],
];
/** Keys that BoringSSL does not read: the handshake is finished, the signature unchecked. */
const unread: readonly [string, KeyKind, string[]][] = [
  ['TLS 1.3 Ed448', 'ed448', ['-tls1_3']],
  ['TLS 1.3 RSA-PSS key', 'pss', ['-tls1_3']],
];

interface Spoken {
  readonly page?: string;
  readonly signature?: { readonly value: string } | null;
}

async function speakIn(executable: string, targets: unknown, env: NodeJS.ProcessEnv) {
  const { stdout } = await run(executable, [program, JSON.stringify(targets)], { env });
  return JSON.parse(stdout) as Record<string, Spoken>;
}

test("our TLS client speaks in Electron's BoringSSL what it speaks in Node's OpenSSL", async () => {
  const targets: unknown[] = [];
  for (const [name, kind, args, version] of [...servers, ...unread]) {
    const server = await startOpensslServer(await certificates.of(kind), [...args, '-www']);
    running.push(server);
    targets.push({ name, port: server.port, options: version ? { version } : {} });
  }
  const inNode = await speakIn(process.execPath, targets, process.env);
  const inElectron = await speakIn(process.env['CLAVIGER_TEST_RUNTIME'] ?? '', targets, {
    ...process.env,
    ELECTRON_RUN_AS_NODE: '1',
  });
  for (const [name] of servers) {
    expect(inNode[name], name).toMatchObject({ page: 'answer' });
    expect(inElectron[name], name).toEqual(inNode[name]);
  }
  for (const [name] of unread) {
    expect(inNode[name]?.signature, name).toEqual({ value: 'verified' });
    expect(inElectron[name], name).toMatchObject({
      page: 'answer',
      signature: { value: 'unknown' },
    });
  }
});
