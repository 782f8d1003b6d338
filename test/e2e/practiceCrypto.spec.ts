import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { build } from 'vite';

const run = promisify(execFile);
let folder: string;
let program: string;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claviger-crypto-'));
  program = join(folder, 'round.mjs');
  const external = [...builtinModules, /^node:/, '@photostructure/sqlite'];
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('./support/cryptoRound.ts', import.meta.url)),
      outDir: folder,
      target: 'node20',
      rolldownOptions: { external, output: { entryFileNames: 'round.mjs' } },
    },
  });
});
test.afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the crypto round in a runtime and gives what it printed. */
async function roundIn(executable: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  const { stdout } = await run(executable, [program], { env, maxBuffer: 1 << 24 });
  return JSON.parse(stdout);
}

test("the practice account's cryptography is the same with Electron's BoringSSL and Node's OpenSSL", async () => {
  const [inNode, inElectron] = await Promise.all([
    roundIn(process.execPath, process.env),
    roundIn(process.env['CLAVIGER_TEST_RUNTIME'] ?? '', {
      ...process.env,
      ELECTRON_RUN_AS_NODE: '1',
    }),
  ]);
  const flat = JSON.stringify(inNode);
  expect(flat).not.toMatch(/Error|Unsupported|false/);
  expect(Object.keys(inNode as object).length).toBeGreaterThan(50);
  expect(inElectron).toEqual(inNode);
});
