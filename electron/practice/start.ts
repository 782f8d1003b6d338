import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PracticeStatus, QuotaMode } from '../../shared/contract/practice';
import { AppError } from '../../shared/model/errors';
import { tryLock } from '../store/index';
import { openAccount, operatorOf, practiceAccountId } from './account/account';
import { openCredentials } from './account/credentials';
import { muteAlarm } from './alarms/wiring';
import { athenaActions, createAthena, glueActions } from './athena/index';
import { seedAthena } from './athena/seed';
import { openArchive, type Archive } from './cloudtrail/archive';
import { seedHistory } from './cloudtrail/history/seedHistory';
import { createCloudTrail, trailActions } from './cloudtrail/index';
import { recordKms } from './cloudtrail/recorder';
import { serviceEvent } from './cloudtrail/serviceEvents';
import { fileStorage, memoryStorage, type Storage } from './account/storage';
import { createThrottle } from './account/throttle';
import { estateOf, noEstate } from './edge/estate';
import { openMetrics } from './cloudwatch/openMetrics';
import { edgeOperations } from './edge/index';
import { stockOperations } from './holdings/index';
import { openDirectory } from './iam/directory';
import { createServiceAccess } from './iam/serviceAccess';
import { openIdentities, shownIdentities } from './iam/identities';
import { createKms } from './kms/index';
import { operations } from './kms/registry';
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

/** What a storm of other workloads leaves of every request quota. */
const stormShare = 0.01;

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
  let quotas: QuotaMode = quotasAtStart;
  const throttle = createThrottle(() => performance.now());
  const limits = {
    throttle: {
      take: (name: string, perSecond: number) =>
        throttle.take(name, quotas === 'storm' ? perSecond * stormShare : perSecond),
    },
    enforceQuotas: () => quotas !== 'none',
  };
  const access = createServiceAccess();
  const openServices = () => {
    const trail = createCloudTrail({
      account,
      archive,
      ...limits,
      access,
      settleKeys: () => kms.settle(),
      keepEvents: options.stateDir === undefined ? eventsInMemory : eventsOnDisk,
    });
    const kms = recordKms(
      createKms({
        account,
        ...limits,
        pastUse: (key) => trail.lastUse(key),
        happened: (happening) => trail.log.add(serviceEvent(happening)),
      }),
      { log: trail.log, now: account.clock.now },
    );
    return {
      trail,
      kms,
      metrics: openMetrics({ account, trail, kms }),
      athena: createAthena(account, trail.s3),
    };
  };
  let { trail, kms, metrics, athena } = openServices();
  const seed = async (name: SeedName) => {
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
  const reset = async (name: string | undefined) => {
    account.state.clear();
    trail.log.forget();
    archive.clear();
    faults.clear();
    requests.clear();
    quotas = quotasAtStart;
    account.clock.set(realNow());
    directory = openPeople();
    ({ trail, kms, metrics, athena } = openServices());
    await seed(seedNames.find((one) => one === name) ?? 'empty');
    tls.forget();
  };
  const seedName = () => account.state.of<{ seed: string }>('seed').get('seed')?.seed;
  if (seedName() === undefined) {
    // A seed that was cut off is begun anew: it would be half an estate.
    account.state.clear();
    archive.clear();
    directory = openPeople();
    ({ trail, kms, metrics, athena } = openServices());
    await seed(options.seed);
  }
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
      quotas,
      faults: faults.list(),
      regions: keysByRegion(kms.ring.all(), regions),
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
    setQuotas(mode: QuotaMode) {
      quotas = mode;
    },
  };
  const server = await listen(options.port ?? 0, (request, requestId) =>
    request.url.startsWith(controlPrefix)
      ? routeControl(request, credentials, controls)
      : routeService(request, requestId, {
          account,
          kms,
          trail,
          athena,
          access,
          observer: controls,
          estate,
          metrics,
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
      trail.log.flush();
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

function openStorage(stateDir: string | undefined): { storage: Storage; release: () => void } {
  if (stateDir === undefined) return { storage: memoryStorage(), release: () => {} };
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const lock = tryLock(join(stateDir, 'practice.lock'), 'exclusive');
  if (!lock) {
    throw new AppError(
      'conflict',
      'Another practice account already runs on this folder. Use that one, or another folder.',
      { stateDir },
    );
  }
  try {
    return { storage: fileStorage(stateDir), release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}
