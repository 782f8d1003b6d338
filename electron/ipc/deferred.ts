import type { Dispatcher, Session } from './dispatcher';

/**
 * A dispatcher that is here before the real one: sessions keep what they are told, in order, until
 * `ready` resolves. So the window may ask while the services are still being opened. If `ready`
 * rejects, nothing is answered; whoever awaits it tells the operator and ends the program.
 */
export function deferDispatcher(ready: Promise<Dispatcher>): Dispatcher {
  return {
    open(reply) {
      let session: Session | undefined;
      let waiting: Parameters<Session['handle']>[] = [];
      let closed = false;
      void ready.then(
        (dispatcher) => {
          if (closed) return;
          session = dispatcher.open(reply);
          for (const each of waiting) session.handle(...each);
          waiting = [];
        },
        () => {},
      );
      return {
        handle(...message) {
          if (session) session.handle(...message);
          else if (!closed) waiting.push(message);
        },
        close() {
          closed = true;
          waiting = [];
          session?.close();
        },
      };
    },
  };
}
