import { parentPort, workerData } from 'node:worker_threads';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { doTask, type SecretTask, type TaskResult } from './tasks';

export type FromSecretsWorker =
  | { type: 'progress'; files: number; found: number }
  | { type: 'done'; result: TaskResult }
  | { type: 'failed'; error: ErrorInfo };

/** The thread's own side: one task, then it ends; who cancels ends it. */
function main(): void {
  const port = parentPort;
  if (!port) throw new Error('secrets-worker runs as a worker thread only');
  const tell = (message: FromSecretsWorker) => port.postMessage(message);
  doTask(workerData as SecretTask, {
    signal: new AbortController().signal,
    progress: (value) => tell({ type: 'progress', ...value }),
  }).then(
    (result) => tell({ type: 'done', result }),
    (error: unknown) => tell({ type: 'failed', error: toErrorInfo(error) }),
  );
}

main();
