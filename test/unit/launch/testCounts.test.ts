import { expect, test } from 'vitest';
import {
  playwrightCounts,
  sum,
  summaryLine,
  vitestCounts,
} from '../../../electron/launch/testCounts';

const vitest = {
  numPassedTests: 5,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
};

test('counts of Vitest are taken over', () => {
  expect(vitestCounts(vitest)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test('a test file that could not be loaded is a failed test', () => {
  const broken = { ...vitest, testResults: [{ status: 'failed', assertionResults: [] }] };
  expect(vitestCounts(broken).failed).toBe(2);
});

test('a flaky end-to-end test and an error outside of tests are failed tests', () => {
  const report = {
    stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 },
    errors: [{ message: 'Cannot find module' }],
  };
  expect(playwrightCounts(report)).toEqual({ passed: 7, failed: 3, skipped: 2 });
});

test('a report of another shape is refused, not read as nothing failed', () => {
  expect(() => vitestCounts({})).toThrow();
  expect(() => playwrightCounts({ stats: {} })).toThrow();
});

test('the last line names skipped tests only where there are some', () => {
  const one = { passed: 3, failed: 0, skipped: 0 };
  expect(summaryLine(sum([one, one]))).toBe('6 passed, 0 failed');
  expect(summaryLine(sum([one, { passed: 0, failed: 1, skipped: 2 }]))).toBe(
    '3 passed, 1 failed, 2 skipped',
  );
});
