import { Worker } from 'node:worker_threads';

/** A program of ours that runs beside this one, as a thread or as a process, and talks in messages. */
export interface Beside {
  post(message: unknown): void;
  onMessage(listen: (message: unknown) => void): void;
  /** Called once, however it ended; the error where there is one to name. */
  onEnd(listen: (error?: Error) => void): void;
}

/** Starts a bundle beside this program with a text that it works on. */
export type StartBeside = (bundle: URL, text: string) => Beside;

/** As a thread: `workerData` is the text. */
export const startThread: StartBeside = (bundle, text) => {
  const worker = new Worker(bundle, {
    workerData: text,
    // Answers leave short-lived garbage: a small nursery spares some dozens of megabytes.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  let failure: Error | undefined;
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(JSON.stringify(error));
  });
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    post: (message) => worker.postMessage(message),
    onMessage: (listen) => void worker.on('message', listen),
    onEnd: (listen) => void worker.on('exit', () => listen(failure)),
  };
};
