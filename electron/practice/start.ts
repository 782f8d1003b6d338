import type { PracticeStatus, QuotaMode } from '../../shared/contract/practice';
import { AppError } from '../../shared/model/errors';
import { openAccount, operatorOf, practiceAccountId } from './account/account';
import { openCredentials } from './account/credentials';
import { openStorage } from './account/openStorage';
import { createQuotaRule } from './account/quotaRule';
import type { Storage } from './account/storage';
import { muteAlarm } from './alarms/wiring';
import { athenaActions, glueActions } from './athena/index';
import { seedAthena } from './athena/seed';
import { openArchive, type Archive } from './cloudtrail/archive';
import { seedHistory } from './cloudtrail/history/seedHistory';
import { trailActions } from './cloudtrail/index';
import { estateOf, noEstate } from './edge/estate';
import { edgeOperations } from './edge/index';
import { stockOperations } from './holdings/index';
import { openDirectory } from './iam/directory';
import { createServiceAccess } from './iam/serviceAccess';
import { openIdentities, shownIdentities } from './iam/identities';
import { operations } from './kms/registry';
import { openServices } from './openServices';
import { defaultRegions } from './regions';
import { seedAccount, seedNames } from './seeds/index';
import { controlPrefix, routeControl } from './server/control';
import { createFaults } from './server/faults';
import { startHttpServer, type HttpServer } from './server/httpServer';
import { createRequestLog } from './server/requestLog';
import { routeService } from './server/route';
import { stsOperations } from './sts/index';
import { startPracticeTls } from './tls/index';
import type { Practice, PracticeOptions, SeedName } from './types';

/** How old the load balancers and their kin are. */
const yearMs = 365 * 86_400_000;

/** So many events are kept; the oldest make room. */
const eventsInMemory = 50_000;
const eventsOnDisk = 500_000;

/**
 * Starts the practice account on this thread and gives its endpoint when it answers; a new account is
 * seeded first.
 * @throws AppError `conflict` where another process has the folder, `bad-request` for a port in use,
 *   and the store's codes.
 */
export async function startPractice(options: PracticeOptions): Promise<Practice> {
  const { storage, release } = openStorage(options.stateDir);
  const archive = openArchive(options.stateDir);
  try {
    return await serve(options, storage, archive, release);
  } catch (error) {
    archive.close();
    storage.close();
    release();
    throw error;
  }
}

async function serve(
  options: PracticeOptions,
  storage: Storage,
  archive: Archive,
  release: () => void,
): Promise<Practice> {
  const realNow = () => Date.now();
  const regions = options.regions ?? defaultRegions;
  const account = openAccount(storage, regions, realNow);
  const credentials = openCredentials(account.state, options.credentials);
  const caller = operatorOf(account.accountId, credentials.accessKeyId);
  const openPeople = () => {
    openCredentials(account.state, credentials);
    const opened = openDirectory(account.state, account.clock.now);
    openIdentities(opened, account.accountId, credentials, account.clock.now());
    account.state.commit();
    return opened;
  };
  let directory = openPeople();
  const faults = createFaults();
  const requests = createRequestLog();
  const quotasAtStart: QuotaMode = options.enforceQuotas ? 'as-aws' : 'none';
  const quotas = createQuotaRule(quotasAtStart);
  const access = createServiceAccess();
  const keepEvents = options.stateDir === undefined ? eventsInMemory : eventsOnDisk;
  const open = () => openServices({ account, archive, quotas, access, keepEvents });
  let services = open();
  const seed = async (name: SeedName) => {
    const { kms, trail } = services;
    await seedAccount(name, {
      account,
      kms,
      caller,
      regions,
      largeKeys: options.largeKeys ?? 10_000,
    });
    seedHistory(name, { account, kms, buckets: trail.s3.buckets, regions });
    seedAthena(name, { account, buckets: trail.s3.buckets, regions });
    account.state.of<{ seed: string }>('seed').put('seed', { seed: name });
    account.state.commit();
  };
  /** Empties the account, whatever was left of it, and seeds it. */
  const begin = async (name: SeedName) => {
    account.state.clear();
    archive.clear();
    directory = openPeople();
    services = open();
    await seed(name);
  };
  const reset = async (name: string | undefined) => {
    services.trail.log.forget();
    faults.clear();
    requests.clear();
    quotas.setMode(quotasAtStart);
    account.clock.set(realNow());
    await begin(seedNames.find((one) => one === name) ?? 'empty');
    tls.forget();
  };
  const seedName = () => account.state.of<{ seed: string }>('seed').get('seed')?.seed;
  // A seed that was cut off is begun anew: it would be half an estate.
  if (seedName() === undefined) await begin(options.seed);
  const tls = await startPracticeTls(account, { stateDir: options.stateDir, realNow });
  const tlsServers = options.edgeServers ?? tls.servers;
  const estate = () =>
    seedName() === 'empty'
      ? noEstate
      : estateOf({
          accountId: account.accountId,
          region: regions[0] ?? '',
          servers: tlsServers,
          createdAt: realNow() - yearMs,
        });
  const controls = {
    now: account.clock.now,
    faults,
    requests,
    status: (): Omit<PracticeStatus, 'endpoint'> => ({
      accountId: account.accountId,
      now: new Date(account.clock.now()).toISOString(),
      seed: seedName(),
      quotas: quotas.mode(),
      faults: faults.list(),
      regions: keysByRegion(services.kms.ring.all(), regions),
      operations: [
        ...[...operations.keys()].map((name) => `kms:${name}`),
        ...stsOperations,
        ...trailActions,
        ...athenaActions,
        ...glueActions,
        ...edgeOperations,
        ...stockOperations,
      ],
    }),
    identities: () => shownIdentities(directory, account.clock.now()),
    setClock: account.clock.set,
    muteAlarm: (change: Parameters<typeof muteAlarm>[1]) => muteAlarm(account.state, change),
    tls,
    reset,
    seeds: seedNames,
    setQuotas: quotas.setMode,
  };
  const server = await listen(options.port ?? 0, (request, requestId) =>
    request.url.startsWith(controlPrefix)
      ? routeControl(request, credentials, controls)
      : routeService(request, requestId, {
          ...services,
          account,
          access,
          observer: controls,
          estate,
          realNow,
          directory,
          onDefect: (error) => process.emitWarning(error instanceof Error ? error : String(error)),
        }),
  );
  return {
    endpoint: `http://127.0.0.1:${server.port}`,
    ...credentials,
    regions,
    accountId: practiceAccountId,
    tlsServers,
    now: () => Promise.resolve(new Date(account.clock.now())),
    async close() {
      requests.close();
      await Promise.all([server.close(), tls.close()]);
      services.trail.log.flush();
      archive.close();
      storage.close();
      release();
    },
  };
}

/** The Regions that have keys or are meant to, and how many keys each has. */
function keysByRegion(
  keys: Iterable<{ readonly region: string }>,
  named: readonly string[],
): PracticeStatus['regions'] {
  const counts = new Map(named.map((region) => [region, 0]));
  for (const { region } of keys) counts.set(region, (counts.get(region) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, keys: count }));
}

async function listen(
  port: number,
  handler: Parameters<typeof startHttpServer>[1],
): Promise<HttpServer> {
  try {
    return await startHttpServer(port, handler);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new AppError(
      'bad-request',
      `The practice account cannot listen on port ${port} (${code}). Choose another port, or none to have a free one.`,
      { port },
      { cause: error },
    );
  }
}
