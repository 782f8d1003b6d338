import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDebianPackages } from './debianPackages';
import { electronAge } from './electronAge.mjs';
import electronRelease from './electronRelease.json';
import { memoryFolder } from './memoryFolder';
import { createReport } from './report';
import { resolveRuntime } from './resolveRuntime';
import { runLane, type Step, type StepResult } from './steps';
import { playwrightCounts, sum, summaryLine, vitestCounts, type TestCounts } from './testCounts';

const tsc = 'node_modules/typescript/bin/tsc';
const vitestReport = 'test-results/vitest.json';
const playwrightReport = 'test-results/playwright.json';

const typecheck: Step[] = ['.', 'shared', 'electron', 'renderer', 'test'].map((layer) => ({
  name: `types of ${layer === '.' ? 'the configuration' : layer}`,
  args: [tsc, '-p', join(layer, 'tsconfig.json')],
}));
const lint: Step[] = [
  { name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  {
    name: 'format',
    args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  },
  { name: 'dead code', args: ['node_modules/knip/bin/knip.js'] },
];
const vitest: Step = {
  name: 'unit, integration and fuzz tests',
  args: [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ],
  live: true,
};
const playwright: Step = {
  name: 'end-to-end tests in Electron',
  args: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
  live: true,
};

/**
 * `npm test`: every check and every test, all of them even where one fails. The last line says how many
 * passed and failed; a check that fails (types, lint, format, dead code) counts as one failed test.
 */
export async function main(root: string): Promise<number> {
  const report = createReport(process.stderr);
  const isRoot = process.getuid?.() === 0;
  const { complaint } = electronAge(electronRelease, new Date());
  if (complaint) report.line(`Warning: ${complaint}`);
  ensureDebianPackages({ groups: ['window', 'display', 'tests'], report, isRoot });
  const runtime = await resolveRuntime({ root, env: process.env, report });
  for (const file of [vitestReport, playwrightReport]) rmSync(join(root, file), { force: true });
  const memory = memoryFolder();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...(memory !== undefined && { TMPDIR: memory }),
    CLAVIGER_TEST_RUNTIME: runtime.executable,
    PLAYWRIGHT_JSON_OUTPUT_FILE: join(root, playwrightReport),
  };

  // The checks use one core; Electron gets the machine for itself, since its tests wait for a picture.
  const [checks, unit] = await Promise.all([
    runLane([...typecheck, ...lint], root, env, report),
    runLane([vitest], root, env, report),
  ]);
  const e2e = await runLane([playwright], root, env, report);
  if (memory !== undefined) rmSync(memory, { recursive: true, force: true });

  const failed = [...checks, ...unit, ...e2e].filter(({ ok }) => !ok);
  const total = sum([
    checkCounts(checks),
    countsOf(unit, join(root, vitestReport), vitestCounts),
    countsOf(e2e, join(root, playwrightReport), playwrightCounts),
  ]);
  if (failed.length > 0) console.log(`Failed: ${failed.map(({ name }) => name).join(', ')}`);
  console.log(summaryLine(total));
  return failed.length === 0 && total.failed === 0 && total.passed > 0 ? 0 : 1;
}

function checkCounts(results: readonly StepResult[]): TestCounts {
  return { passed: 0, failed: results.filter(({ ok }) => !ok).length, skipped: 0 };
}

/** What a test program reports; one that failed without naming a failed test, or without a report, is one failure. */
function countsOf(
  [result]: readonly StepResult[],
  file: string,
  read: (json: unknown) => TestCounts,
): TestCounts {
  try {
    const counts = read(JSON.parse(readFileSync(file, 'utf8')));
    return result?.ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
