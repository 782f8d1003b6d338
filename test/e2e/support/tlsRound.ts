import { handshake, type HandshakeOptions } from '../../../electron/tls/handshake';
import { get } from '../../../electron/tls/http/get';
import { createDialer } from '../../../electron/tls/net/dialer';

// Speaks TLS with the servers named on the command line and prints what came of it as JSON: one program
// that a test runs in several runtimes.

interface Server {
  readonly name: string;
  readonly port: number;
  readonly options: HandshakeOptions;
}

async function speak({ port, options }: Server): Promise<unknown> {
  const dialer = createDialer({
    target: { address: '127.0.0.1', port, sni: 'localhost' },
    maxConnections: 1,
    pauseMs: 0,
    connectTimeoutMs: 5_000,
    readTimeoutMs: 10_000,
    maxBytes: 1_000_000,
    signal: new AbortController().signal,
  });
  const outcome = await handshake(dialer, options);
  if (outcome.kind !== 'done') return { kind: outcome.kind, why: 'why' in outcome && outcome.why };
  const { session } = outcome;
  const page = await get(session, 'localhost');
  session.close();
  const { version, suite, group, signature } = session.facts;
  return { version, suite, group, signature, page: page.kind };
}

const servers = JSON.parse(process.argv[2] ?? '[]') as Server[];
const outcomes: Record<string, unknown> = {};
for (const server of servers) outcomes[server.name] = await speak(server);
process.stdout.write(JSON.stringify(outcomes));
