import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { ensureDebianPackages } from './debianPackages';
import { figuresSchema, renderFigures, replaceSections } from './figures';
import { createReport } from './report';
import { resolveRuntime } from './resolveRuntime';
import { runStep } from './steps';

const results = 'test-results/bench';
const page = 'docs/benchmarks.md';

/**
 * `npm run bench`: runs every benchmark one after the other and prints the figures; with `--update` they
 * replace those of the same benchmarks in docs/benchmarks.md. Other arguments name the files to run. Gives the exit code.
 */
export async function main(root: string, args: readonly string[]): Promise<number> {
  const report = createReport(process.stderr);
  const isRoot = process.getuid?.() === 0;
  ensureDebianPackages({ groups: ['window', 'display', 'tests'], report, isRoot });
  const runtime = await resolveRuntime({ root, env: process.env, report });
  rmSync(join(root, results), { recursive: true, force: true });
  const files = args.filter((arg) => !arg.startsWith('--'));
  const { ok } = await runStep(
    {
      name: 'benchmarks',
      args: ['node_modules/vitest/vitest.mjs', 'run', '--mode', 'bench', ...files],
      live: true,
    },
    root,
    { ...process.env, CLAVIGER_TEST_RUNTIME: runtime.executable },
    report,
  );
  const table = renderFigures(readFigures(root), machine(runtime.version, runtime.kind));
  console.log(table);
  if (ok && args.includes('--update')) {
    const path = join(root, page);
    const old = existsSync(path) ? readFileSync(path, 'utf8') : '# Benchmarks\n';
    writeFileSync(path, replaceSections(old, table));
    const prettier = {
      name: 'format',
      args: ['node_modules/prettier/bin/prettier.cjs', '--write', page],
    };
    await runStep(prettier, root, process.env, report);
    report.line(`${page} has the new figures.`);
  }
  return ok ? 0 : 1;
}

function readFigures(root: string) {
  const folder = join(root, results);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((file) => figuresSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

function machine(electron: string, kind: string): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1e9);
  return `Measured on ${new Date().toISOString().slice(0, 10)} with ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GB, ${process.platform} ${process.arch}, Node ${process.versions.node}, Electron ${electron} (${kind}).`;
}
