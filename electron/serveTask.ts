import { parentPort, workerData } from 'node:worker_threads';
import { toErrorInfo } from '../shared/model/errors';
import type { FromTaskThread, TaskHooks } from './taskThread';

/** The thread's own side of `runInThread`: one task, then it ends; who cancels ends it. */
export function serveTask<Result, Progress>(
  work: (task: unknown, hooks: TaskHooks<Progress>) => Promise<Result>,
): void {
  const port = parentPort;
  if (!port) throw new Error('This bundle runs as a worker thread only.');
  const tell = (message: FromTaskThread<Result, Progress>) => port.postMessage(message);
  work(workerData as unknown, {
    signal: new AbortController().signal,
    progress: (value) => tell({ type: 'progress', value }),
  }).then(
    (result) => tell({ type: 'done', result }),
    (error: unknown) => tell({ type: 'failed', error: toErrorInfo(error) }),
  );
}
