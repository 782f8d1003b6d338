// Run as a process of its own by the tests in this folder: `node driver.js COMMAND JSON`.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ensureEvaluationRuntime,
  type EvaluationSpec,
} from '../../../electron/launch/evaluationRuntime';
import { publish } from '../../../electron/launch/publish';
import { createReport } from '../../../electron/launch/report';
import { AppError } from '../../../shared/model/errors';

const [, , command, json = '{}'] = process.argv;
const input = JSON.parse(json) as { spec: EvaluationSpec; cacheDir: string; folder: string };

const commands: Record<string, () => Promise<unknown>> = {
  /** Gives the path of the executable. */
  ensure: () => ensureEvaluationRuntime({ ...input, report: createReport(process.stderr) }),
  /** Fills the folder with one file. */
  publish: () =>
    publish(input.folder, 'marker.json', async (fresh) => {
      console.log('filling');
      writeFileSync(join(fresh, 'file'), 'complete');
    }),
  /** Writes half of it, says so, and stands still until it is killed. */
  half: () =>
    publish(input.folder, 'marker.json', async (fresh) => {
      writeFileSync(join(fresh, 'file'), 'comp');
      console.log('half');
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    }),
  /** Meets a real ENOSPC: every write to /dev/full gives it. */
  full: () =>
    publish(input.folder, 'marker.json', async (fresh) => {
      writeFileSync(join(fresh, 'file'), 'comp');
      writeFileSync('/dev/full', 'x');
    }),
};

try {
  console.log(JSON.stringify({ value: await commands[command ?? '']?.() }));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.log(JSON.stringify({ error: { code: error.code, message: error.message } }));
}
