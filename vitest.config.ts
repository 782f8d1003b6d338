import { defineConfig } from 'vitest/config';

/**
 * Every suite but the end-to-end tests, which Playwright runs (playwright.config.ts). Benchmarks are no
 * tests: only `--mode bench` runs them, one file after the other.
 */
export default defineConfig(({ mode }) => ({
  test: {
    // One more than the smallest machine has cores: a third of the time tests wait for what takes its
    // time by rights, such as two requests of LookupEvents a second.
    maxWorkers: 3,
    projects:
      mode === 'bench'
        ? [
            {
              test: {
                name: 'bench',
                include: ['test/bench/**/*.bench.ts'],
                fileParallelism: false,
                testTimeout: 900_000,
                hookTimeout: 300_000,
              },
            },
          ]
        : [
            // Long limits, so that a busy machine fails no test; a test that hangs still ends.
            // Pure rules keep no state between files, so that modules are read once for all of them.
            {
              test: {
                name: 'unit',
                include: ['test/unit/**/*.test.ts'],
                testTimeout: 120_000,
                hookTimeout: 120_000,
                isolate: false,
              },
            },
            {
              // CSS and JSX as the build has them; happy-dom only for logic of components, never for looks.
              test: {
                name: 'dom',
                include: ['test/unit/**/*.test.tsx'],
                environment: 'happy-dom',
                testTimeout: 120_000,
              },
            },
            {
              test: {
                name: 'integration',
                include: ['test/integration/**/*.test.ts'],
                testTimeout: 120_000,
                hookTimeout: 240_000,
              },
            },
            {
              test: {
                name: 'fuzz',
                include: ['test/fuzz/**/*.test.ts'],
                testTimeout: 120_000,
                hookTimeout: 120_000,
              },
            },
          ],
  },
}));
