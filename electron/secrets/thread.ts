import type { FoundSecret, SecretScan } from '../../shared/model/secrets';
import { runInThread } from '../taskThread';
import { workerBundle } from '../workerBundle';
import type { Ignored } from './ignored';
import type { SecretHooks, SecretJob } from './scanFiles';
import type { SecretTask, TaskResult } from './tasks';

/** Looks for secrets, see `scanFiles`. Throws AppError. */
export async function scanForSecrets(job: SecretJob, hooks: SecretHooks): Promise<SecretScan> {
  return (await run({ kind: 'scan', job }, hooks)) as SecretScan;
}

/** Makes a finding one that is known again, see `declare`. Throws AppError. */
export async function declareFinding(
  finding: FoundSecret,
  place: number,
  signal: AbortSignal,
): Promise<Pick<Ignored, 'salt' | 'digest'>> {
  const result = await run({ kind: 'declare', finding, place }, { signal, progress: () => {} });
  return result as Pick<Ignored, 'salt' | 'digest'>;
}

/** In a thread of its own where the program runs from its bundles, on this one from its sources (tests). */
async function run(task: SecretTask, hooks: SecretHooks): Promise<TaskResult> {
  const bundle = workerBundle('secrets-worker');
  if (bundle) return runInThread(bundle, task, hooks);
  const { doTask } = await import('./tasks');
  return doTask(task, hooks);
}
