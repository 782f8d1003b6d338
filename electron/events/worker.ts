import { parentPort, workerData } from 'node:worker_threads';
import { createDispatcher } from '../ipc/dispatcher';
import { openEventStore } from './store/eventStore';
import { tableContract } from './tableContract';
import { createTableHandlers } from './tableHandlers';

/** The thread's own side of startEventTable; `workerData` is the database's path. */
function main(): void {
  const port = parentPort;
  if (!port) throw new Error('events-worker runs as a worker thread only');
  const now = () => new Date();
  const store = openEventStore(String(workerData), now);
  const dispatcher = createDispatcher(
    tableContract,
    { table: createTableHandlers(store, now) },
    { onDefect: (method, error) => process.emitWarning(`Defect in ${method}: ${String(error)}`) },
  );
  const session = dispatcher.open((reply) => port.postMessage(reply));
  port.on('message', (message: unknown) => {
    if (message !== 'close') {
      session.handle(message);
      return;
    }
    session.close();
    store.close();
    port.close();
  });
}

main();
