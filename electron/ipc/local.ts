import { createClient } from '../../shared/contract/client';
import type { Contract, ContractClient } from '../../shared/contract/define';
import type { Reply } from '../../shared/contract/wire';
import type { Dispatcher } from './dispatcher';

/**
 * A client in the dispatcher's own process: the command line and the tests enter here. It runs the
 * same validation as the window's.
 */
export function createLocalClient<C extends Contract>(
  contract: C,
  dispatcher: Dispatcher,
): { client: ContractClient<C>; close: () => void } {
  let listener: (reply: Reply) => void = () => {};
  const session = dispatcher.open((reply) => listener(reply));
  const client = createClient(contract, {
    send: (request, files) => session.handle(request, files?.map(String)),
    receive: (take) => {
      listener = take;
    },
  });
  return { client, close: () => session.close() };
}
