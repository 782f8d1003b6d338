import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/model/errors';
import type { Practice, PracticeOptions } from './types';
import type { FromWorker, ToWorker } from './worker';

/**
 * Starts the practice account in a worker thread, so that its cryptography never holds up this one.
 * The thread runs the bundle `dist/main/practice-worker.js`; from TypeScript sources, where there is
 * none, use startPractice.
 * @param workerUrl the bundle, if it lies elsewhere
 * @throws AppError as startPractice
 */
export async function startPracticeWorker(
  options: PracticeOptions,
  workerUrl: URL = new URL('./practice-worker.js', import.meta.url),
): Promise<Practice> {
  const worker = new Worker(workerUrl, { workerData: options });
  const started = await firstMessage(worker);
  if (started.type === 'failed') {
    await worker.terminate();
    throw new AppError(started.code, started.message, started.detail);
  }
  if (started.type !== 'started') throw new Error(`The worker began with ${started.type}`);
  let nextId = 0;
  let ended = false;
  const waiting = new Map<
    number,
    { resolve: (date: Date) => void; reject: (error: Error) => void }
  >();
  worker.on('message', (message: FromWorker) => {
    if (message.type !== 'now') return;
    waiting.get(message.id)?.resolve(new Date(message.ms));
    waiting.delete(message.id);
  });
  // A worker that breaks must not take the program with it: who calls the account is told instead.
  worker.on('error', (error) => process.emitWarning(error));
  worker.on('exit', () => {
    ended = true;
    for (const { reject } of waiting.values()) reject(noAnswer());
    waiting.clear();
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  const send = (message: ToWorker) => worker.postMessage(message);
  return {
    ...started.endpoint,
    now: () =>
      new Promise<Date>((resolve, reject) => {
        if (ended) {
          reject(noAnswer());
          return;
        }
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        send({ type: 'now', id });
      }),
    async close() {
      if (ended) return;
      const exited = once(worker, 'exit');
      send({ type: 'close' });
      await exited;
    },
  };
}

function noAnswer(): AppError {
  return new AppError(
    'unreachable',
    'The practice account does not run any more. Restart Claviger to have it back.',
  );
}

async function firstMessage(worker: Worker): Promise<FromWorker> {
  const [message] = (await once(worker, 'message')) as [FromWorker];
  return message;
}
