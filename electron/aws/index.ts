import type { accounts } from '../../shared/contract/accounts';
import type { FeatureHandlers } from '../../shared/contract/define';
import { createClients } from './clients';
import { machineClock } from './clock';
import { createConnections } from './connections';
import { createGateway } from './gateway';
import { createAccountHandlers } from './handlers';
import { createLimiter } from './limiter';
import { createSessions, type Sessions } from './sessions';
import { createTransports } from './transports';
import { createTurnstile } from './turnstile';
import type { AwsGateway, AwsOptions, Connections, Tuning } from './types';

export interface Aws {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly handlers: FeatureHandlers<typeof accounts>;
  readonly lend: Sessions['lend'];
  readonly practiceClockMoved: Sessions['practiceClockMoved'];
  close(): void;
}

/**
 * Puts the AWS part together: connections from the environment and the AWS config files, the gateway
 * that every call goes through, and the handlers of the `accounts` calls. It reads no file and loads
 * no SDK client until it is first asked.
 */
export function createAws(options: AwsOptions): Aws {
  const tuning: Tuning = { ...usualTuning, ...options.tuning };
  const turnstile = createTurnstile();
  const transports = createTransports(options.env, tuning);
  const clients = createClients(transports, turnstile);
  const sessions = createSessions(options, transports, tuning);
  const gateway = createGateway({
    clients,
    tuning,
    turnstile,
    clock: machineClock,
    random: Math.random,
    limiter: createLimiter(options.quotaPercent, machineClock),
    session: (connection) => sessions.get(connection),
    principal: async (connection, signal) => {
      try {
        return (await connections.identify(connection, signal)).arn;
      } catch (error) {
        if (signal?.aborted) throw error;
        return undefined; // the journal's entry then names the connection only
      }
    },
    onWrite: options.onWrite,
  });
  const connections = createConnections(options, sessions, gateway);
  const handlers = createAccountHandlers(options, sessions, connections);
  return {
    gateway,
    connections,
    handlers,
    lend: (base, lent) => sessions.lend(base, lent),
    practiceClockMoved: () => sessions.practiceClockMoved(),
    close() {
      clients.close();
      transports.close();
    },
  };
}

const usualTuning: Tuning = {
  connectTimeoutMs: 5000,
  requestTimeoutMs: 20_000,
  throttledAttempts: 8,
  failedAttempts: 3,
  backoffMs: 250,
  maxBackoffMs: 10_000,
  maxInFlight: 256,
};
