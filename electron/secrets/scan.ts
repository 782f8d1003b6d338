import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/model/errors';
import type { SecretScan } from '../../shared/model/secrets';
import { workerBundle } from '../workerBundle';
import type { SecretHooks, SecretJob } from './scanFiles';
import type { FromSecretsWorker } from './worker';

/**
 * Looks for secrets in a thread of its own where the program runs from its bundles, on this thread
 * where it runs from its sources (tests). Throws AppError.
 */
export async function scanForSecrets(job: SecretJob, hooks: SecretHooks): Promise<SecretScan> {
  const bundle = workerBundle('secrets-worker');
  if (bundle) return inThread(bundle, job, hooks);
  const { scanFiles } = await import('./scanFiles');
  return scanFiles(job, hooks);
}

function inThread(url: URL, job: SecretJob, { signal, progress }: SecretHooks) {
  return new Promise<SecretScan>((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const worker = new Worker(url, { workerData: job });
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
