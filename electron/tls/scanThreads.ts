import { Worker } from 'node:worker_threads';
import type { ScanResult } from '../../shared/model/tls/result';
import type { Scanner } from './scanJob';
import type { FromScanWorker, ToScanWorker } from './worker';

/**
 * Scans in threads of their own, so that cryptography and parsing never hold up this one. A thread
 * that breaks takes its own scans with it, no others; the next scan has a new one.
 * @param workerUrl the bundle `dist/main/tls-worker.js`
 */
export function startScanThreads(workerUrl: URL, threads: number): Scanner {
  const all: (Thread | undefined)[] = Array.from({ length: threads });
  let nextId = 0;

  /** The one with the least to do; one that is not there yet has nothing to do. */
  function leastBusy(): Thread {
    const loads = all.map((thread) => thread?.waiting.size ?? 0);
    const index = loads.indexOf(Math.min(...loads));
    const thread =
      all[index] ??
      startThread(workerUrl, () => {
        if (all[index] === thread) all[index] = undefined;
      });
    all[index] = thread;
    return thread;
  }

  return {
    scan(job, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const { waiting, send } = leastBusy();
        const id = nextId++;
        const cancel = () => {
          waiting.delete(id);
          send({ type: 'cancel', id });
          reject(signal.reason as Error);
        };
        const end = () => signal.removeEventListener('abort', cancel);
        signal.addEventListener('abort', cancel, { once: true });
        waiting.set(id, {
          resolve(result) {
            end();
            resolve(result);
          },
          reject(error) {
            end();
            reject(error);
          },
        });
        send({ type: 'scan', id, job });
      });
    },
    async close() {
      await Promise.all(all.flatMap((thread) => thread?.worker.terminate() ?? []));
    },
  };
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  readonly send: (message: ToScanWorker) => void;
}

interface Waiting {
  readonly resolve: (result: ScanResult) => void;
  readonly reject: (error: Error) => void;
}

function startThread(workerUrl: URL, onEnd: () => void): Thread {
  // Scans leave much short-lived garbage: a small nursery keeps a fleet's memory small, at no cost in time.
  const worker = new Worker(workerUrl, { resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  const waiting = new Map<number, Waiting>();
  let failure = new Error('The scanning thread has ended.');
  worker.on('message', (message: FromScanWorker) => {
    const one = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'result') one?.resolve(message.result);
    else one?.reject(new Error(message.message));
  });
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  worker.on('exit', () => {
    onEnd();
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  return { worker, waiting, send: (message) => worker.postMessage(message) };
}
