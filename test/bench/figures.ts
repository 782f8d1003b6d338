import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One measured number of docs/benchmarks.md. */
export interface Figure {
  /** `Whole inventory of 10,000 keys, quotas enforced`. */
  readonly what: string;
  readonly value: number;
  /** `s`, `ms`, `MB`, `keys/s`. */
  readonly unit: string;
  /** What it is to be, for people: `at most 1.2 times what the quotas force (81.4 s)`. */
  readonly goal?: string;
}

const folder = fileURLToPath(new URL('../../test-results/bench', import.meta.url));

/**
 * Records what a file test/bench/FEATURE/*.bench.ts has measured; `npm run bench` runs them one after
 * the other, prints all figures, and with `-- --update` writes them into docs/benchmarks.md.
 */
export function recordFigures(title: string, figures: readonly Figure[]): void {
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.json`;
  writeFileSync(file, JSON.stringify({ title, figures }, null, 1));
}
