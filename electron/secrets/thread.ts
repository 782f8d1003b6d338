import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/model/errors';
import type { FoundSecret, SecretScan } from '../../shared/model/secrets';
import { workerBundle } from '../workerBundle';
import type { Ignored } from './ignored';
import type { SecretHooks, SecretJob } from './scanFiles';
import type { SecretTask, TaskResult } from './tasks';
import type { FromSecretsWorker } from './worker';

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
  if (bundle) return inThread(bundle, task, hooks);
  const { doTask } = await import('./tasks');
  return doTask(task, hooks);
}

function inThread(url: URL, task: SecretTask, { signal, progress }: SecretHooks) {
  return new Promise<TaskResult>((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const worker = new Worker(url, { workerData: task });
    const cancel = () => end(() => reject(cancelled()));
    function end(settle: () => void): void {
      signal.removeEventListener('abort', cancel);
      settle();
      void worker.terminate();
    }
    signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (message: FromSecretsWorker) => {
      if (message.type === 'progress') progress({ files: message.files, found: message.found });
      else if (message.type === 'done') end(() => resolve(message.result));
      else end(() => reject(new AppError(message.error.code, message.error.message)));
    });
    worker.on('error', (error) => end(() => reject(error)));
    worker.on('exit', () => end(() => reject(new Error('The scanning thread has ended.'))));
  });
}

function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}
