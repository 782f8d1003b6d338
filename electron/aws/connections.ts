import type { Connection, Identity } from '../../shared/contract/accounts';
import { AppError, toErrorInfo } from '../../shared/model/errors';
import { describeConnections, defaultRegionOf } from './describe';
import { partitionOf, regionsOf, type Region } from './regions';
import type { AwsCredentials } from './session';
import type { Sessions } from './sessions';
import { createSharedFlight } from './sharedFlight';
import type { AwsGateway, AwsOptions, Connections } from './types';

export interface OwnConnections extends Connections {
  all(): Promise<{ connections: Connection[]; problems: string[]; configFiles: string[] }>;
  /** The Regions of the connection's partition; the practice account's own. */
  regions(id: string): Promise<readonly Region[]>;
}

/** What connections there are, which the operator chose, and who they are. */
export function createConnections(
  options: AwsOptions,
  sessions: Sessions,
  gateway: Pick<AwsGateway, 'send'>,
): OwnConnections {
  const identities = new Map<string, { identity: Identity; credentials: AwsCredentials }>();
  const flights = new Map<string, (signal?: AbortSignal) => Promise<Identity>>();

  async function all() {
    const config = await sessions.reload();
    const described = [
      ...practiceConnection(options),
      ...(await describeConnections(config, options)),
    ];
    const chosen = new Map(
      chosenOf(options).map(({ connection, regions }) => [connection, regions]),
    );
    const connections = described.map((connection) => ({
      ...connection,
      chosen: chosen.has(connection.id),
      regions: [...(chosen.get(connection.id) ?? [])],
    }));
    // What was chosen and is gone must not vanish from the inventory's scope without a word.
    for (const [id, regions] of chosen) {
      if (!connections.some((connection) => connection.id === id)) {
        connections.push(goneConnection(id, [...regions]));
      }
    }
    return {
      connections,
      problems: [...config.problems],
      configFiles: [...config.files],
    };
  }

  async function find(id: string): Promise<Connection> {
    const { connections } = await all();
    const found = connections.find((connection) => connection.id === id);
    if (!found) throw new AppError('not-found', `There is no connection ${id}.`);
    return found;
  }

  async function ask(id: string, signal: AbortSignal): Promise<Identity> {
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    const session = await sessions.get(id);
    const region = await identityRegion(id);
    const answer = await gateway.send(
      { connection: id, region },
      new GetCallerIdentityCommand({}),
      {
        signal,
      },
    );
    const { Account = '', Arn = '', UserId = '' } = answer.output;
    session.setAccount(Account);
    const identity = {
      connection: id,
      accountId: Account,
      arn: Arn,
      userId: UserId,
      asOf: answer.asOf,
    };
    identities.set(id, { identity, credentials: await session.credentials(signal) });
    return identity;
  }

  /** Any Region of the partition will do; what the connection uses anyway is surely reachable. */
  async function identityRegion(id: string): Promise<string> {
    if (id === 'practice') return options.practice?.regions[0] ?? 'us-east-1';
    const [chosen] = chosenOf(options).find(({ connection }) => connection === id)?.regions ?? [];
    const region = defaultRegionOf(id, await sessions.config(), options.env) ?? chosen;
    if (region !== undefined) return region;
    const partition = (await regions(id)).map((each) => each.id);
    return partition.includes('us-east-1') ? 'us-east-1' : (partition[0] ?? 'us-east-1');
  }

  async function identify(id: string, signal?: AbortSignal): Promise<Identity> {
    const session = await sessions.get(id);
    const known = identities.get(id);
    if (known && known.credentials === (await session.credentials(signal))) return known.identity;
    let flight = flights.get(id);
    if (!flight) {
      flight = createSharedFlight((shared) => ask(id, shared));
      flights.set(id, flight);
    }
    return flight(signal);
  }

  async function regions(id: string): Promise<readonly Region[]> {
    const connection = await find(id);
    if (connection.kind === 'practice') {
      const names = new Map(regionsOf('aws').map((region) => [region.id, region.name]));
      const ids = options.practice?.regions ?? [];
      return ids.map((region) => ({ id: region, name: names.get(region) ?? region }));
    }
    const arn = connection.source === 'sso' ? undefined : connection.sourceDetail;
    return regionsOf(partitionOf(connection.defaultRegion, arn));
  }

  return {
    all,
    find,
    identify,
    regions,
    async chosen() {
      return (await all()).connections.filter((connection) => connection.chosen);
    },
    async now(id) {
      return (await sessions.get(id)).now();
    },
  };
}

function chosenOf({ chosen, practice }: AwsOptions) {
  return chosen.read() ?? (practice ? [{ connection: 'practice', regions: practice.regions }] : []);
}

function practiceConnection({ practice }: AwsOptions): Omit<Connection, 'chosen' | 'regions'>[] {
  if (!practice) return [];
  const [defaultRegion] = practice.regions;
  return [
    {
      id: 'practice',
      kind: 'practice',
      name: 'Practice account',
      source: 'practice',
      sourceDetail: 'Comes with Claviger; runs on this machine.',
      endpointUrl: practice.endpoint,
      ...(defaultRegion === undefined ? {} : { defaultRegion }),
    },
  ];
}

function goneConnection(id: string, regions: string[]): Connection {
  const kind = id === 'practice' || id === 'environment' ? id : 'profile';
  return {
    id,
    kind,
    name: id.replace(/^profile:/, ''),
    source: 'unknown',
    chosen: true,
    regions,
    problem: toErrorInfo(
      new AppError(
        'no-credentials',
        kind === 'profile'
          ? `Profile ${id.replace(/^profile:/, '')} is chosen, but the AWS config files no longer have it. Choose another, or bring it back.`
          : `The ${kind} connection is chosen, but it is not there now. Choose another.`,
      ),
    ),
  };
}
