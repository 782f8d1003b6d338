import { createClient } from '../../shared/contract/client';
import type { ContractClient } from '../../shared/contract/define';
import type { Reply } from '../../shared/contract/wire';
import { AppError, toErrorInfo } from '../../shared/model/errors';
import { startThread, type Beside, type StartBeside } from '../beside';
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

/** How the table runs. */
export interface TableHost {
  /** The bundle of worker.ts; without one, as in tests from sources, the table is on the caller's thread. */
  readonly bundle?: URL | undefined;
  readonly start?: StartBeside | undefined;
}

/**
 * Holds the stored events beside this program, so that neither a question about a million of them nor
 * the reading of a file holds up its loop: in a process of its own where `start` makes one (the
 * window), else in a thread. It starts with the first call, and again with the next one after it
 * broke. A call rejects with AppError only. @param path the database
 */
export function startTable(path: string, host: TableHost = {}): RunningTable {
  const { bundle = workerBundle('events-worker'), start = startThread } = host;
  return bundle ? beside(() => start(bundle, path)) : here(path);
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

/** One that runs, and what it owes. */
interface Running {
  readonly other: Beside;
  readonly asked: Set<string>;
  readonly ended: Promise<void>;
}

function beside(start: () => Beside): RunningTable {
  let listener: (reply: Reply) => void = () => {};
  let running: Running | undefined;
  let closed = false;

  function run(): Running {
    const other = start();
    const asked = new Set<string>();
    other.onMessage((message) => {
      const reply = message as Reply;
      if (reply.kind !== 'progress') asked.delete(reply.id);
      listener(reply);
    });
    const ended = new Promise<void>((resolve) => {
      other.onEnd((error) => {
        if (running?.other === other) running = undefined;
        if (error !== undefined) process.emitWarning(`The events have ended: ${error.message}`);
        // Its callers must not be left waiting.
        const info = toErrorInfo(closed ? gone() : broken());
        for (const id of asked) listener({ kind: 'error', id, error: info });
        resolve();
      });
    });
    return { other, asked, ended };
  }

  const { table } = createClient(tableContract, {
    send(request) {
      if (closed) {
        const error = toErrorInfo(gone());
        queueMicrotask(() => listener({ kind: 'error', id: request.id, error }));
        return;
      }
      if (request.kind === 'cancel' && !running?.asked.has(request.id)) return;
      running ??= run();
      if (request.kind === 'call') running.asked.add(request.id);
      running.other.post(request);
    },
    receive: (take) => {
      listener = take;
    },
  });
  return {
    client: table,
    async close() {
      closed = true;
      running?.other.post('close');
      await running?.ended;
    },
  };
}

function broken(): AppError {
  return new AppError(
    'internal',
    'What holds the events has ended unexpectedly. Nothing that was stored is lost; try again: it starts anew.',
  );
}

function gone(): AppError {
  return new AppError('unreachable', 'The events are closed. Start Claviger again.');
}
