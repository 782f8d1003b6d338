import type { Connection } from '../../../shared/contract/accounts';
import { AppError, toErrorInfo } from '../../../shared/model/errors';
import { endpointEditSchema, type EndpointEdit } from '../../../shared/model/tls/fleet';
import { partitionOf } from '../../aws/regions';
import type { AwsGateway, Connections } from '../../aws/types';
import { parseTarget } from '../fleet/target';
import { findHttpApis, findRestApis } from './apis';
import { findDistributions } from './distributions';
import { findLoadBalancers } from './loadBalancers';
import type { FoundEndpoint, Search } from './types';

export interface Discovered {
  readonly endpoints: EndpointEdit[];
  /** What could not be asked, or not be made an endpoint of, and why. */
  readonly problems: { what: string; message: string }[];
}

export interface DiscoveryOptions {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly signal: AbortSignal;
  readonly progress: (value: { done: number; expected: number }) => void;
}

/**
 * Asks the chosen connections, in their chosen Regions, for endpoints that speak TLS. What one service
 * in one Region refuses is a problem that names it; the rest goes on. Throws AppError `no-credentials`
 * where nothing is chosen, and `cancelled`.
 */
export async function discoverEndpoints(options: DiscoveryOptions): Promise<Discovered> {
  const { connections, signal, progress } = options;
  const chosen = await connections.chosen();
  if (chosen.length === 0) {
    throw new AppError('no-credentials', 'No account is chosen. Choose one under Accounts.');
  }
  const endpoints = new Map<string, EndpointEdit>();
  const problems: Discovered['problems'] = [];
  const tasks = chosen.flatMap((connection) => {
    if (!connection.problem) return tasksOf(connection);
    problems.push({ what: connection.name, message: connection.problem.message });
    return [];
  });
  let done = 0;
  const tell = () => progress({ done, expected: tasks.length });

  async function run({ connection, region, service, find }: Task): Promise<void> {
    const where = `${service}, ${region}, ${connection.name}`;
    const note = (what: string, message: string) =>
      void problems.push({ what: `${where}: ${what}`, message });
    const search: Search = {
      region,
      send: (command) =>
        options.gateway.send({ connection: connection.id, region }, command, { signal }),
      found(found) {
        const edit = editOf(found);
        if ('problem' in edit) note(found.host || found.name, edit.problem);
        else {
          const key = `${edit.host} ${edit.port}`;
          if (!endpoints.has(key)) endpoints.set(key, edit);
        }
      },
      note,
    };
    try {
      await find(search);
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error;
      problems.push({ what: where, message: toErrorInfo(error).message });
    }
    done += 1;
    tell();
  }

  tell();
  await Promise.all(tasks.map(run));
  return { endpoints: [...endpoints.values()], problems };
}

interface Task {
  readonly connection: Connection;
  readonly region: string;
  readonly service: string;
  readonly find: (search: Search) => Promise<void>;
}

function tasksOf(connection: Connection): Task[] {
  const regional = connection.regions.flatMap((region): Task[] => [
    { connection, region, service: 'Elastic Load Balancing', find: findLoadBalancers },
    { connection, region, service: 'API Gateway (REST)', find: findRestApis },
    { connection, region, service: 'API Gateway (HTTP, WebSocket)', find: findHttpApis },
  ]);
  const home = cloudFrontRegion(connection.regions[0]);
  if (home === undefined) return regional;
  const region = home;
  return [...regional, { connection, region, service: 'CloudFront', find: findDistributions }];
}

/** CloudFront is one for all Regions, and asked in one of them; AWS GovCloud and the European Sovereign Cloud have none. */
function cloudFrontRegion(region: string | undefined): string | undefined {
  if (region === undefined) return undefined;
  const homes: Partial<Record<string, string>> = { aws: 'us-east-1', 'aws-cn': 'cn-northwest-1' };
  return homes[partitionOf(region)];
}

function editOf({ host, port, ...found }: FoundEndpoint): EndpointEdit | { problem: string } {
  const target = parseTarget(host);
  if ('problem' in target) return target;
  return endpointEditSchema.parse({
    ...found,
    name: found.name.slice(0, 200),
    host: target.host,
    port: port ?? target.port ?? 443,
  });
}
