import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError, toErrorInfo } from '../../shared/model/errors';
import { workerBundle } from '../workerBundle';
import type { AskKms } from './kms/types';
import { createGate } from './work/gate';
import type { Job, Outcome } from './work/types';
import type { FromEnvelopeWorker, ToEnvelopeWorker } from './worker';

/** What the caller of a job hears and does while it runs. */
export interface JobHooks {
  readonly signal: AbortSignal;
  readonly progress: (bytes: number) => void;
  /** Told a function that holds the job and lets it go on. */
  readonly onStart?: (setPaused: (paused: boolean) => void) => void;
}

export interface Workers {
  /** Rejects with AppError; a job that was cancelled has left nothing behind when it does. */
  run(job: Job, hooks: JobHooks): Promise<Outcome>;
  close(): Promise<void>;
}

/** Two keep two disks busy; more would take the processor from the workloads of this machine. */
const mostThreads = 2;

/**
 * Runs jobs in threads where the program runs from its bundles, on this thread where it runs from its
 * sources (tests).
 */
export function openWorkers(askKms: AskKms, onDefect: (error: unknown) => void): Workers {
  const bundle = workerBundle('envelope-worker');
  const threads = Math.min(mostThreads, availableParallelism());
  return bundle ? startThreads(bundle, threads, askKms, onDefect) : here(askKms);
}

function here(askKms: AskKms): Workers {
  return {
    async run(job, { signal, progress, onStart }) {
      const { runJob } = await import('./work/runJob');
      const gate = createGate(signal);
      onStart?.((paused) => gate.set(paused));
      return runJob(job, { askKms, signal, progress, gate: gate.pass });
    },
    close: () => Promise.resolve(),
  };
}

interface Waiting {
  readonly hooks: JobHooks;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  readonly send: (message: ToEnvelopeWorker, transfer?: ArrayBuffer[]) => void;
}

export function startThreads(
  bundle: URL,
  threads: number,
  askKms: AskKms,
  onDefect: (error: unknown) => void,
): Workers {
  const all: (Thread | undefined)[] = Array.from({ length: threads });
  let lastId = 0;

  /** The one with the least to do; one that is not there yet has nothing to do. */
  function leastBusy(): Thread {
    const loads = all.map((thread) => thread?.waiting.size ?? 0);
    const index = loads.indexOf(Math.min(...loads));
    const thread =
      all[index] ??
      startThread(bundle, askKms, onDefect, () => {
        if (all[index] === thread) all[index] = undefined;
      });
    all[index] = thread;
    return thread;
  }

  return {
    run(job, hooks) {
      return new Promise((resolve, reject) => {
        if (hooks.signal.aborted) {
          reject(new AppError('cancelled', 'Cancelled.'));
          return;
        }
        const { waiting, send } = leastBusy();
        const id = ++lastId;
        // The thread answers also when it was cancelled: only then nothing of it is left on the disk.
        const cancel = () => send({ type: 'cancel', id });
        hooks.signal.addEventListener('abort', cancel, { once: true });
        const end =
          <T>(then: (value: T) => void) =>
          (value: T) => {
            hooks.signal.removeEventListener('abort', cancel);
            then(value);
          };
        waiting.set(id, { hooks, resolve: end(resolve), reject: end(reject) });
        send({ type: 'run', id, job });
        hooks.onStart?.((paused) => send({ type: 'pause', id, paused }));
      });
    },
    async close() {
      await Promise.all(all.flatMap((thread) => thread?.worker.terminate() ?? []));
    },
  };
}

function startThread(
  bundle: URL,
  askKms: AskKms,
  onDefect: (error: unknown) => void,
  onEnd: () => void,
): Thread {
  const worker = new Worker(bundle, { resourceLimits: { maxYoungGenerationSizeMb: 16 } });
  const waiting = new Map<number, Waiting>();
  const send: Thread['send'] = (message, transfer = []) => worker.postMessage(message, transfer);

  async function answerKms({ id, call, request }: Extract<FromEnvelopeWorker, { type: 'kms' }>) {
    try {
      const reply = await askKms(request, waiting.get(id)?.hooks.signal);
      // A plaintext data key moves to the thread; no copy stays here.
      const { plaintext } = reply;
      send({ type: 'kms', call, reply }, plaintext ? [plaintext.buffer as ArrayBuffer] : []);
    } catch (error) {
      if (!(error instanceof AppError)) onDefect(error);
      send({ type: 'kms', call, reply: { error: toErrorInfo(error) } });
    }
  }

  worker.on('message', (message: FromEnvelopeWorker) => {
    if (message.type === 'kms') {
      void answerKms(message);
      return;
    }
    const one = waiting.get(message.id);
    if (message.type === 'progress') {
      one?.hooks.progress(message.bytes);
      return;
    }
    waiting.delete(message.id);
    if (message.type === 'done') {
      one?.resolve(message.outcome);
      return;
    }
    if (message.defect !== undefined) onDefect(message.defect);
    const { code, message: text, detail } = message.error;
    one?.reject(new AppError(code, text, detail));
  });
  let failure: unknown;
  worker.on('error', (error) => {
    failure = error;
    onDefect(error);
  });
  worker.on('exit', () => {
    onEnd();
    const error = new AppError(
      'internal',
      'The thread that worked on it has ended. The log has the details; the source is as it was.',
      {},
      { cause: failure },
    );
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  return { worker, waiting, send };
}
