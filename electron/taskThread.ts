import { Worker } from 'node:worker_threads';
import { AppError, type ErrorInfo } from '../shared/model/errors';

/** What a thread that does one task tells its caller. */
export type FromTaskThread<Result, Progress> =
  | { readonly type: 'progress'; readonly value: Progress }
  | { readonly type: 'done'; readonly result: Result }
  | { readonly type: 'failed'; readonly error: ErrorInfo };

export interface TaskHooks<Progress> {
  readonly signal: AbortSignal;
  readonly progress: (value: Progress) => void;
}

/**
 * Does one task in a thread of its own (`serveTask` on its side), which ends with it: whoever cancels
 * ends the thread, however busy it is. Throws AppError as the task does, and `cancelled`.
 */
export function runInThread<Result, Progress>(
  bundle: URL,
  task: unknown,
  { signal, progress }: TaskHooks<Progress>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const worker = new Worker(bundle, { workerData: task });
    const cancel = () => end(() => reject(cancelled()));
    function end(settle: () => void): void {
      signal.removeEventListener('abort', cancel);
      settle();
      void worker.terminate();
    }
    signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (message: FromTaskThread<Result, Progress>) => {
      if (signal.aborted) return;
      if (message.type === 'progress') progress(message.value);
      else if (message.type === 'done') end(() => resolve(message.result));
      else end(() => reject(new AppError(message.error.code, message.error.message)));
    });
    worker.on('error', (error) => end(() => reject(error)));
    worker.on('exit', () => end(() => reject(new Error('The thread has ended before its task.'))));
  });
}

function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}
