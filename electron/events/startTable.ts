import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createClient } from '../../shared/contract/client';
import type { ContractClient } from '../../shared/contract/define';
import type { Reply } from '../../shared/contract/wire';
import { AppError, toErrorInfo } from '../../shared/model/errors';
import { createDispatcher } from '../ipc/dispatcher';
import { createLocalClient } from '../ipc/local';
import { workerBundle } from '../workerBundle';
import { openEventStore } from './store/eventStore';
import { tableContract } from './tableContract';
import { createTableHandlers } from './tableHandlers';

export type EventTableClient = ContractClient<typeof tableContract>['table'];

export interface RunningTable {
  readonly client: EventTableClient;
  close(): Promise<void>;
}

/**
 * Holds the stored events in a thread of its own, so that neither a question about a million of them
 * nor the reading of a file holds up this one. A call rejects with AppError only.
 * From TypeScript sources, where there is no bundle, they are held on this thread.
 * @param path the database
 */
export function startTable(path: string, bundle = workerBundle('events-worker')): RunningTable {
  return bundle ? inThread(path, bundle) : here(path);
}

function here(path: string): RunningTable {
  const now = () => new Date();
  const store = openEventStore(path, now);
  const dispatcher = createDispatcher(
    tableContract,
    { table: createTableHandlers(store, now) },
    { onDefect: (method, error) => process.emitWarning(`Defect in ${method}: ${String(error)}`) },
  );
  const { client, close } = createLocalClient(tableContract, dispatcher);
  return {
    client: client.table,
    close() {
      close();
      store.close();
      return Promise.resolve();
    },
  };
}

function inThread(path: string, bundle: URL): RunningTable {
  const worker = new Worker(bundle, {
    workerData: path,
    // Answers leave short-lived garbage: a small nursery spares some dozens of megabytes.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const asked = new Set<string>();
  let listener: (reply: Reply) => void = () => {};
  let broken: AppError | undefined;

  worker.on('message', (reply: Reply) => {
    if (reply.kind !== 'progress') asked.delete(reply.id);
    listener(reply);
  });
  // A thread that breaks (a damaged database, no memory) must not leave its callers waiting.
  const fail = (error: unknown) => {
    broken ??= asAppError(error);
    for (const id of asked) listener({ kind: 'error', id, error: toErrorInfo(broken) });
    asked.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(gone()));

  const { table } = createClient(tableContract, {
    send(request) {
      if (request.kind === 'call') asked.add(request.id);
      if (broken) {
        const error = toErrorInfo(broken);
        queueMicrotask(() => listener({ kind: 'error', id: request.id, error }));
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      } else worker.postMessage(request);
    },
    receive: (take) => {
      listener = take;
    },
  });
  return {
    client: table,
    async close() {
      if (broken) return;
      const exited = once(worker, 'exit');
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage('close');
      await exited;
    },
  };
}

/** What a thread throws arrives as a copy without its class. */
function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  const known = name === 'AppError' && code !== undefined;
  return known
    ? new AppError(code as AppError['code'], message ?? '')
    : new AppError('internal', 'The stored events could not be opened. The log has the details.');
}

function gone(): AppError {
  return new AppError('unreachable', 'The events are closed. Start Claviger again.');
}
