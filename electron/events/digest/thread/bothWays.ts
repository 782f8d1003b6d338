import { createClient } from '../../../../shared/contract/client';
import type {
  Contract,
  ContractClient,
  ContractHandlers,
} from '../../../../shared/contract/define';
import type { Reply, Request } from '../../../../shared/contract/wire';
import { createDispatcher } from '../../../ipc/dispatcher';

/** A port of either side: a worker as main sees it, or the thread's own `parentPort`. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: Request | Reply) => void): void;
}

/** Asks one contract and answers another over one port: requests and replies are of other kinds. */
export function bothWays<A extends Contract, B extends Contract>(
  port: Port,
  asked: A,
  answered: B,
  handlers: ContractHandlers<B>,
): { client: ContractClient<A>; fail: (reply: (id: string) => Reply) => void } {
  const open = new Set<string>();
  let listener: (reply: unknown) => void = () => {};
  const session = createDispatcher(answered, handlers, {
    onDefect: (method, error) => process.emitWarning(`Defect in ${method}: ${String(error)}`),
  }).open((reply) => port.postMessage(reply));
  port.on('message', (message) => {
    if (message.kind === 'call' || message.kind === 'cancel') session.handle(message);
    else {
      if (message.kind !== 'progress') open.delete(message.id);
      listener(message);
    }
  });
  const client = createClient(asked, {
    send(request) {
      if (request.kind === 'call') open.add(request.id);
      port.postMessage(request);
    },
    receive: (take) => {
      listener = take;
    },
  });
  return {
    client,
    fail(reply) {
      for (const id of open) listener(reply(id));
      open.clear();
    },
  };
}
