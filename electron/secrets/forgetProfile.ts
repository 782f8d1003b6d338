import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { secretLintProfiler } from '@secretlint/profiler';

/**
 * secretlint notes how long every rule takes for every file, and looks through all of its notes with
 * each new one: without this, twice the files take four times as long. To be called while no file is
 * looked into.
 */
export async function forgetProfile(): Promise<void> {
  // Notes come with a turn of the event loop; what is measured between two of them needs both.
  await nextTurn();
  const entries = await secretLintProfiler.getEntries();
  const measures = await secretLintProfiler.getMeasures();
  entries.length = 0;
  measures.length = 0;
  performance.clearMarks();
  performance.clearMeasures();
}
