import { z } from 'zod';

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** Reads Vitest's JSON report; a file that could not be loaded counts as one failed test. */
export function vitestCounts(json: unknown): TestCounts {
  const report = vitestSchema.parse(json);
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

const playwrightSchema = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  /** Errors outside of tests, such as a file that could not be loaded. */
  errors: z.array(z.unknown()),
});

/** Reads Playwright's JSON report; a flaky test is a failed one. */
export function playwrightCounts(json: unknown): TestCounts {
  const { stats, errors } = playwrightSchema.parse(json);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** Adds counts up. */
export function sum(counts: readonly TestCounts[]): TestCounts {
  const total = (pick: (one: TestCounts) => number) => counts.reduce((n, one) => n + pick(one), 0);
  return {
    passed: total((one) => one.passed),
    failed: total((one) => one.failed),
    skipped: total((one) => one.skipped),
  };
}

/** The last line of `npm test`: `812 passed, 0 failed, 3 skipped`. */
export function summaryLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
