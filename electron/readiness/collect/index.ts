import { setMaxListeners } from 'node:events';
import type { Connection } from '../../../shared/contract/accounts';
import { AppError } from '../../../shared/model/errors';
import type { AccountPosture } from '../../../shared/model/readiness/posture/index';
import type { RegionPosture } from '../../../shared/model/readiness/posture/region';
import { partitionOf } from '../../aws/regions';
import { identityOf, timeOf } from '../../aws/tolerant';
import type { AwsGateway, Connections } from '../../aws/types';
import { createAsker } from './ask';
import { collectBackups } from './backups';
import { collectBuckets } from './buckets';
import { collectCertificates } from './certificates';
import type { ReportWait } from './credentials';
import { collectDatabases } from './databases';
import { collectIdentities } from './identities';
import { collectLogGroups } from './logGroups';
import { collectAccountBlock } from './publicAccess';
import { collectSecrets } from './secrets';
import { collectTables } from './tables';
import { collectVolumes } from './volumes';

export interface CollectOptions {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly signal: AbortSignal;
  /** Services in a Region that are through, of all; and what of AWS is waited for. */
  readonly progress: (value: { done: number; expected: number; waitsFor?: string }) => void;
  readonly reportWait?: ReportWait | undefined;
}

/**
 * Asks every chosen account and Region how data, secrets, certificates and permissions are kept. What
 * AWS refuses is in the reading that lacks it; the rest goes on. Throws AppError `no-credentials`
 * where nothing is chosen, and `cancelled`.
 */
export async function collectPosture(options: CollectOptions): Promise<AccountPosture[]> {
  setMaxListeners(0, options.signal); // every call under way listens to it
  const chosen = (await options.connections.chosen()).filter(({ regions }) => regions.length > 0);
  if (chosen.length === 0) {
    throw new AppError('no-credentials', 'No account is chosen. Choose one under Accounts.');
  }
  const expected = chosen.reduce((sum, { regions }) => sum + regions.length * perRegion, 0);
  const progress = { done: 0, expected: expected + chosen.length * perAccount };
  /** Connections of which AWS has the report not made yet. */
  const waiting = new Set<string>();
  const tell = () =>
    options.progress({ ...progress, ...(waiting.size > 0 && { waitsFor: reportIsMade }) });
  tell();
  const step = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    progress.done += 1;
    tell();
    return result;
  };
  const waits = (connection: string, now: boolean) => {
    if (now) waiting.add(connection);
    else waiting.delete(connection);
    tell();
  };
  return Promise.all(chosen.map((connection) => collectAccount(connection, options, step, waits)));
}

const reportIsMade = 'AWS is making the credential report';

type Step = <T>(work: Promise<T>) => Promise<T>;

/** The steps of one account, and of one Region. */
const perAccount = 3;
const perRegion = 7;

async function collectAccount(
  { id: connection, name: connectionName, regions: names }: Connection,
  options: CollectOptions,
  step: Step,
  waits: (connection: string, now: boolean) => void,
): Promise<AccountPosture> {
  const { connections, signal, reportWait } = options;
  const asker = createAsker(options, connection, signal);
  const home = homeOf[partitionOf(names[0])];
  const now = await timeOf(connections, connection);
  const identified = identityOf(options, connection);
  const [identity, identities, buckets, publicAccessBlock, regions] = await Promise.all([
    identified,
    step(
      collectIdentities(asker, home, {
        signal,
        wait: reportWait,
        waits: (now) => waits(connection, now),
      }),
    ),
    step(collectBuckets(asker, names[0] ?? home)),
    step(identified.then((who) => collectAccountBlock(asker, names[0] ?? home, who?.accountId))),
    Promise.all(
      names.map(async (region): Promise<RegionPosture> => {
        const [volumes, databases, tables, secrets, certificates, logGroups, backups] =
          await Promise.all([
            step(collectVolumes(asker, region)),
            step(collectDatabases(asker, region)),
            step(collectTables(asker, region)),
            step(collectSecrets(asker, region)),
            step(collectCertificates(asker, region)),
            step(collectLogGroups(asker, region)),
            step(collectBackups(asker, region, now)),
          ]);
        return { region, volumes, databases, tables, secrets, certificates, logGroups, backups };
      }),
    ),
  ]);
  return {
    connection,
    connectionName,
    ...(identity && { account: identity.accountId, principal: identity.arn }),
    asOf: (await timeOf(connections, connection)).toISOString(),
    identities,
    buckets,
    publicAccessBlock,
    regions,
  };
}

/** Where IAM answers for all Regions of a partition. Source: AWS General Reference, "IAM endpoints". */
const homeOf = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
};
