import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { createAws } from '../../electron/aws/index';
import { createDispatcher } from '../../electron/ipc/dispatcher';
import { createLocalClient } from '../../electron/ipc/local';
import { createKeys } from '../../electron/keys/index';
import { startPracticeWorker } from '../../electron/practice/index';
import { openStore } from '../../electron/store/index';
import { keys as keysContract } from '../../shared/contract/keys';
import { recordFigures, type Figure } from './figures';
import { busiestThread, threadCpu } from './threadCpu';

/**
 * The slowest of AWS's quotas that every key needs: ListGrants and ListKeyRotations, 100 a second and
 * Region (KMS developer guide, "Request quotas"). So many keys in one Region force so many seconds.
 */
const slowestPerSecond = 100;
const region = 'eu-central-1';
const contract = { keys: keysContract };

interface Measured {
  readonly seconds: number;
  readonly firstRowsMs: number;
  readonly firstSnapshotMs: number;
  readonly snapshotMs: number;
  readonly longestStallMs: number;
  readonly peakMb: number;
  readonly problems: number;
  readonly throttled: number;
  readonly clientMsPerCall: number;
  readonly practiceMsPerCall: number;
}

it('reads inventories with quotas enforced at 100 %', async () => {
  const small = [];
  for (let run = 0; run < 3; run++) small.push(await measure(2000));
  const [loadBefore = 0] = loadavg();
  const large = await measure(10_000);
  const figures: Figure[] = [
    ...describe(10_000, [large]),
    ...describe(2000, small),
    {
      what: 'Stored snapshot of 10,000 keys: first rows',
      value: large.firstSnapshotMs,
      unit: 'ms',
      goal: 'under 50 ms',
    },
    { what: 'Stored snapshot of 10,000 keys: all rows', value: large.snapshotMs, unit: 'ms' },
    {
      what: 'Load of the machine before the run with 10,000 keys, mean of a minute',
      value: loadBefore,
      unit: 'runnable tasks',
      goal: 'under 1, else the figures tell of the machine',
    },
    { what: 'Memory of the process at its peak, 10,000 keys', value: large.peakMb, unit: 'MB' },
  ];
  recordFigures('Key inventory', figures);
  expect([...small, large].map(({ problems }) => problems)).toEqual([0, 0, 0, 0]);
});

function describe(count: number, runs: readonly Measured[]): Figure[] {
  const keys = `${count.toLocaleString('en')} keys`;
  const forced = count / slowestPerSecond;
  const seconds = median(runs.map((run) => run.seconds));
  return [
    {
      what: `Whole inventory of ${keys} in one Region, median of ${runs.length}`,
      value: seconds,
      unit: 's',
    },
    {
      what: `Time beside what the quotas force (${forced} s), ${keys}`,
      value: seconds / forced,
      unit: 'times',
      goal: 'at most 1.2',
    },
    {
      what: `First rows of ${keys}`,
      value: median(runs.map((run) => run.firstRowsMs)),
      unit: 'ms',
      goal: 'under 1000 ms',
    },
    {
      what: `Longest hold of the event loop, ${keys}`,
      value: Math.max(...runs.map((run) => run.longestStallMs)),
      unit: 'ms',
      goal: 'under 50 ms',
    },
    {
      what: `Throttled attempts, ${keys}`,
      value: Math.max(...runs.map((run) => run.throttled)),
      unit: 'attempts',
      goal: '0',
    },
    ...cpuFigure(
      `client's thread, ${keys}`,
      runs.map((run) => run.clientMsPerCall),
    ),
    ...cpuFigure(
      `practice account's thread, ${keys}`,
      runs.map((run) => run.practiceMsPerCall),
    ),
  ];
}

/** Nothing where the system does not tell threads apart. */
function cpuFigure(thread: string, values: readonly number[]): Figure[] {
  const value = median(values);
  return Number.isNaN(value) ? [] : [{ what: `CPU time of a call, ${thread}`, value, unit: 'ms' }];
}

/** One refresh of a fresh database against a practice account in a thread of its own, then the snapshot. */
async function measure(count: number): Promise<Measured> {
  const dataDir = mkdtempSync(join(tmpdir(), 'claviger-bench-'));
  const workerUrl = pathToFileURL(join(process.cwd(), 'dist/main/practice-worker.js'));
  const practice = await startPracticeWorker(
    { seed: 'large', largeKeys: count, enforceQuotas: true, regions: [region] },
    workerUrl,
  );
  const now = () => new Date();
  const store = openStore({ dataDir, now });
  const aws = createAws({
    env: {},
    homeDir: dataDir,
    now,
    practice,
    realAccounts: { allowed: false },
    quotaPercent: () => 100,
    chosen: { read: () => undefined, write: () => {} },
    askMfa: () => Promise.reject(new Error('No MFA here')),
    onWrite: () => {},
  });
  const { gateway, connections } = aws;
  const saveFile = () => Promise.resolve(null);
  const feature = createKeys({ gateway, connections, store, now, saveFile });
  const dispatcher = createDispatcher(
    contract,
    { keys: feature.handlers },
    {
      onDefect: (_method, error) => {
        throw error;
      },
    },
  );
  const { client, close } = createLocalClient(contract, dispatcher);
  try {
    await connections.identify('practice'); // SDK and session are loaded, as in a window that stands
    const loop = monitorEventLoopDelay({ resolution: 5 });
    let peakBytes = 0;
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
    }, 500);
    const answers = countAnswers();
    const cpuBefore = threadCpu();
    loop.enable();
    const began = performance.now();
    let firstRowsMs = 0;
    const { scopes, total } = await client.keys.refresh(
      {},
      {
        onProgress(value) {
          if (value.kind === 'rows') firstRowsMs ||= performance.now() - began;
        },
      },
    );
    const seconds = (performance.now() - began) / 1000;
    loop.disable();
    clearInterval(watch);
    const cpu = threadCpu();
    const { all, throttled } = answers.stop();
    const practiceThread = busiestThread(cpuBefore, [process.pid]) ?? 0;
    const msPerCall = (thread: number) =>
      ((cpu.get(thread) ?? Number.NaN) - (cpuBefore.get(thread) ?? 0)) / all;
    expect(total).toBe(count);

    const opened = performance.now();
    let firstSnapshotMs = 0;
    await client.keys.snapshot(undefined, {
      onProgress: () => {
        firstSnapshotMs ||= performance.now() - opened;
      },
    });
    return {
      seconds,
      firstRowsMs,
      firstSnapshotMs,
      snapshotMs: performance.now() - opened,
      longestStallMs: loop.max / 1e6,
      peakMb: peakBytes / 1e6,
      throttled,
      clientMsPerCall: msPerCall(process.pid),
      practiceMsPerCall: msPerCall(practiceThread),
      problems: scopes.reduce((sum, { problems }) => sum + problems.length, 0),
    };
  } finally {
    close();
    await feature.close();
    aws.close();
    store.close();
    await practice.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Counts the answers that this process gets over HTTP, and those among them that say "throttled". */
function countAnswers(): { stop(): { all: number; throttled: number } } {
  const channel = 'http.client.response.finish';
  const count = { all: 0, throttled: 0 };
  const onAnswer = (message: unknown) => {
    const { response } = message as { response: IncomingMessage };
    count.all += 1;
    if (String(response.headers['x-amzn-errortype']).startsWith('Throttling')) count.throttled += 1;
  };
  subscribe(channel, onAnswer);
  return {
    stop() {
      unsubscribe(channel, onAnswer);
      return count;
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
