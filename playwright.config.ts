import { defineConfig } from '@playwright/test';

/**
 * End-to-end tests in real Electron. No retries: a test that passes at the second try is a defect. Long
 * limits, so that a busy machine fails no test; a test that hangs still ends.
 */
export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/support/setup.ts',
  outputDir: 'test-results/e2e',
  timeout: 300_000,
  expect: { timeout: 30_000 },
  retries: 0,
  // One more than the smallest machine has cores: half of the time a test waits for a window or an account.
  workers: 3,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [['list']],
});
