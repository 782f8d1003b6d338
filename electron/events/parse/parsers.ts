import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerBundle } from '../../workerBundle';
import { parseLogs, type LogToImport, type ParsedLogs } from './parseLogs';

export interface Parsers {
  /** Lists of log files that are read at once, at best. */
  readonly atOnce: number;
  /** Reads log files; several calls run beside each other. */
  readonly parse: (logs: readonly LogToImport[]) => Promise<ParsedLogs>;
  /** Ends the threads; what they still read is never given. */
  close(): Promise<void>;
}

/** More threads would wait for the one that stores what they read. */
const maxThreads = 6;
/** Records live as long as their file is read: a large nursery spares most of the garbage's copying. */
const youngGenerationMb = 64;

/**
 * Reads log files in threads, one a core, which start with the first call: unpacking and parsing is
 * most of an import's work. Where there is no bundle, as in tests, on the caller's thread.
 */
export function startParsers(bundle = workerBundle('events-parser')): Parsers {
  if (!bundle) {
    return { atOnce: 1, parse: (logs) => Promise.resolve(parseLogs(logs)), close: async () => {} };
  }
  const threads: Thread[] = [];
  const most = Math.min(maxThreads, availableParallelism());

  /** The one with the least to do; a new one where all have some. */
  function leastBusy(workerUrl: URL): Thread {
    const [first] = threads.toSorted((a, b) => a.waiting.length - b.waiting.length);
    if (first && (first.waiting.length === 0 || threads.length === most)) return first;
    const fresh = startThread(workerUrl, () => threads.splice(threads.indexOf(fresh), 1));
    threads.push(fresh);
    return fresh;
  }

  return {
    atOnce: most * 2,
    parse: (logs) => leastBusy(bundle).parse(logs),
    async close() {
      // Nobody waits any more for what is still being read: it is no failure.
      for (const { waiting } of threads) waiting.length = 0;
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: { resolve: (parsed: ParsedLogs) => void; reject: (error: Error) => void }[];
  readonly parse: (logs: readonly LogToImport[]) => Promise<ParsedLogs>;
}

/** A thread that breaks (no memory) takes the lists with it that it had. */
function startThread(bundle: URL, onEnd: () => void): Thread {
  const worker = new Worker(bundle, {
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
  });
  const waiting: Thread['waiting'] = [];
  let failure = new Error('The reading thread has ended.');
  worker.on('message', (parsed: ParsedLogs) => waiting.shift()?.resolve(parsed));
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  worker.on('exit', () => {
    onEnd();
    for (const { reject } of waiting.splice(0)) reject(failure);
  });
  return {
    worker,
    waiting,
    parse: (logs) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage(logs);
      }),
  };
}
