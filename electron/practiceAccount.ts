import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../shared/model/errors';
import type { PracticeEndpoint } from './aws/types';
import type { EdgeServer } from './practice/edge/estate';
import { defaultRegions } from './practice/regions';
import { authorityFile } from './practice/tls/servers';
import { startPracticeWorker } from './practice/startWorker';
import { workerBundle } from './workerBundle';
import type { Practice, PracticeOptions } from './practice/types';
import { createPracticeControl } from './practiceControl';
import { storeError, tryLock, type ProcessLock } from './store/index';

export interface PracticeAccountOptions {
  readonly dataDir: string;
  /** How long `close` waits for processes that have joined the account of this one. */
  readonly waitForOthersMs: number;
  /** When it starts unasked, in milliseconds from now; never where absent. */
  readonly startAfterMs?: number;
  /** Told how the start ended. */
  readonly onStarted?: () => void;
  readonly onFailed?: (error: unknown) => void;
}

export interface PracticeAccount {
  /** Its address, access key and account stand in it once `start` has resolved. */
  readonly endpoint: PracticeEndpoint;
  /** Starts or joins it, the first time; resolves when it answers. */
  readonly start: () => Promise<unknown>;
  /** Its TLS servers; starts or joins it. */
  readonly tlsServers: () => Promise<readonly EdgeServer[]>;
  /** The PEM file of their authority; there once `start` has resolved. */
  readonly tlsAuthority: string;
  close(): Promise<void>;
}

/** How long a process waits for another that is just starting the practice account. */
const patienceMs = 60_000;

/**
 * The practice account of a data folder. One process runs it and leaves its address, readable for
 * the operator alone, beside its state; every other process joins that one. Locks of the operating
 * system say who runs it and that someone has joined, so that a crash leaves nothing to clear away.
 */
export function openPracticeAccount(options: PracticeAccountOptions): PracticeAccount {
  const closing = new AbortController();
  let opened: Promise<Opened> | undefined;
  let account: PracticeEndpoint | undefined;

  function begin(): Promise<Opened> {
    clearTimeout(timer);
    const beginning = open(options, closing.signal).then(
      (practice) => {
        account = practice.endpoint;
        return practice;
      },
      (error: unknown) => {
        throw storeError(error);
      },
    );
    beginning.then(options.onStarted, options.onFailed ?? (() => {}));
    return beginning;
  }
  const start = () => (opened ??= begin());
  const { startAfterMs } = options;
  const timer =
    startAfterMs === undefined ? undefined : setTimeout(() => void start(), startAfterMs);

  return {
    endpoint: {
      get endpoint() {
        return account?.endpoint ?? '';
      },
      get accessKeyId() {
        return account?.accessKeyId ?? '';
      },
      get secretAccessKey() {
        return account?.secretAccessKey ?? '';
      },
      regions: defaultRegions,
      get accountId() {
        return account?.accountId ?? '';
      },
      now: async () => (await start()).endpoint.now(),
    },
    start,
    tlsServers: async () => (await start()).endpoint.tlsServers,
    tlsAuthority: join(stateDirOf(options), authorityFile),
    async close() {
      clearTimeout(timer);
      closing.abort();
      await opened?.then(
        (practice) => practice.close(),
        () => {}, // it never started; whoever called it was told
      );
    },
  };
}

function stateDirOf({ dataDir }: PracticeAccountOptions): string {
  return join(dataDir, 'practice');
}

interface Opened {
  readonly endpoint: Omit<Practice, 'close'>;
  close(): Promise<void>;
}

async function open(options: PracticeAccountOptions, signal: AbortSignal): Promise<Opened> {
  const stateDir = stateDirOf(options);
  const files = {
    address: join(stateDir, 'address.json'),
    running: join(stateDir, 'running.lock'),
    joined: join(stateDir, 'joined.lock'),
  };
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    signal.throwIfAborted();
    const running = tryLock(files.running, 'exclusive');
    if (running) return host(stateDir, files, running, options.waitForOthersMs);
    const lock = tryLock(files.joined, 'shared');
    // Read under the lock: from now on whoever runs the account waits for us.
    const address = lock && readAddress(files.address);
    if (address) return { endpoint: joined(address), close: async () => lock.release() };
    lock?.release();
    if (performance.now() > giveUpAt) {
      throw new AppError(
        'unreachable',
        'The practice account is held by another Claviger process that does not answer. Close that one and try again.',
      );
    }
    await delay(50, undefined, { signal });
  }
}

async function host(
  stateDir: string,
  files: { address: string; joined: string },
  running: ProcessLock,
  waitForOthersMs: number,
): Promise<Opened> {
  try {
    rmSync(files.address, { force: true });
    const practice = await startHere({ stateDir, seed: 'company' });
    const { endpoint, accessKeyId, secretAccessKey, regions, accountId, tlsServers } = practice;
    const address: Address = {
      endpoint,
      accessKeyId,
      secretAccessKey,
      regions,
      accountId,
      tlsServers,
    };
    writeFileSync(files.address, JSON.stringify(address), { mode: 0o600 });
    return {
      endpoint: practice,
      async close() {
        rmSync(files.address, { force: true }); // nobody joins from here on
        await nobodyHolds(files.joined, waitForOthersMs);
        await practice.close();
        running.release();
      },
    };
  } catch (error) {
    running.release();
    throw error;
  }
}

async function nobodyHolds(lockFile: string, waitMs: number): Promise<void> {
  const giveUpAt = performance.now() + waitMs;
  for (;;) {
    const lock = tryLock(lockFile, 'exclusive');
    if (lock) return lock.release();
    if (performance.now() > giveUpAt) return;
    await delay(50);
  }
}

/** In a thread of its own; in this one where the program runs from its sources (tests). */
async function startHere(options: PracticeOptions): Promise<Practice> {
  const bundle = workerBundle('practice-worker');
  if (bundle) return startPracticeWorker(options, bundle);
  const { startPractice } = await import('./practice/start');
  return startPractice(options);
}

const edgeServerSchema: z.ZodType<EdgeServer> = z.object({
  name: z.string(),
  host: z.string(),
  port: z.number().int(),
  sni: z.string().nullable(),
  clientCertificate: z.boolean().optional(),
  elbPolicy: z.string().optional(),
});
const addressSchema = z.object({
  endpoint: z.url({ protocol: /^http$/, hostname: /^127\.0\.0\.1$/ }),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  regions: z.array(z.string()).readonly(),
  accountId: z.string(),
  tlsServers: z.array(edgeServerSchema).readonly(),
});
type Address = z.infer<typeof addressSchema>;

/** The address that the process with the lock has left; undefined while it is not there, or not all of it. */
function readAddress(file: string): Address | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return addressSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** The account of another process; its clock is asked as docs/practice-account.md says. */
function joined(address: Address): Opened['endpoint'] {
  const control = createPracticeControl(address);
  const clock = z.object({ now: z.iso.datetime() });
  return { ...address, now: async () => new Date((await control.get('clock', clock)).now) };
}
