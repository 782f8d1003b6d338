import type { accounts as accountsContract } from '../shared/contract/accounts';
import type { FeatureHandlers } from '../shared/contract/define';
import type { AwsGateway, Connections } from './aws/types';

interface Aws {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly handlers: FeatureHandlers<typeof accountsContract>;
}

/**
 * The AWS part with every call that reaches the practice account held back until `start` has resolved,
 * so that nothing else of the program waits for it. Those calls fail as `start` does.
 */
export function waitForPractice(
  { gateway, connections, handlers }: Aws,
  start: (() => Promise<unknown>) | undefined,
): Omit<Aws, 'handlers'> & { accounts: Aws['handlers'] } {
  const waiting = async (connection: string) => {
    if (connection === 'practice') await start?.();
  };
  return {
    gateway: {
      rateFor: (operation, target) => gateway.rateFor(operation, target),
      async send(target, command, options) {
        await waiting(target.connection);
        return gateway.send(target, command, options);
      },
    },
    connections: {
      chosen: () => connections.chosen(),
      find: (id) => connections.find(id),
      async identify(id, signal) {
        await waiting(id);
        return connections.identify(id, signal);
      },
      async now(id) {
        await waiting(id);
        return connections.now(id);
      },
    },
    accounts: {
      ...handlers,
      async identify(input, context) {
        await waiting(input.connection);
        return handlers.identify(input, context);
      },
      async regions(input, context) {
        await waiting(input.connection);
        return handlers.regions(input, context);
      },
    },
  };
}
