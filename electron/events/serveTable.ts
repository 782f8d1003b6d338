import type { Request } from '../../shared/contract/wire';
import { toErrorInfo } from '../../shared/model/errors';
import { createDispatcher, type Session } from '../ipc/dispatcher';
import { openEventStore, type EventStore } from './store/eventStore';
import { tableContract } from './tableContract';
import { createTableHandlers } from './tableHandlers';

/** The other end of startTable's messages, in a thread and in a process of Electron's. */
export interface TablePort {
  post(message: unknown): void;
  onMessage(listen: (message: unknown) => void): void;
  close(): void;
}

/**
 * Answers the calls that come through a port from the events of a database. One that cannot be opened
 * is tried again with the next call.
 */
export function serveTable(port: TablePort, path: string): void {
  const now = () => new Date();
  let opened: { store: EventStore; session: Session } | undefined;

  function open(): NonNullable<typeof opened> {
    const store = openEventStore(path, now);
    const dispatcher = createDispatcher(
      tableContract,
      { table: createTableHandlers(store, now) },
      { onDefect: (method, error) => process.emitWarning(`Defect in ${method}: ${String(error)}`) },
    );
    return { store, session: dispatcher.open((reply) => port.post(reply)) };
  }

  port.onMessage((message) => {
    if (message === 'close') {
      opened?.session.close();
      opened?.store.close();
      port.close();
      return;
    }
    try {
      opened ??= open();
    } catch (error) {
      const { kind, id } = message as Request;
      if (kind === 'call') port.post({ kind: 'error', id, error: toErrorInfo(error) });
      return;
    }
    opened.session.handle(message);
  });
}
