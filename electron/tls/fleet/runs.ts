import type { ProgressOf } from '../../../shared/contract/define';
import type { tls as tlsContract } from '../../../shared/contract/tls';
import { AppError } from '../../../shared/model/errors';
import type { OwnPolicy } from '../../../shared/model/tls/ownPolicy';
import type { ScanResult } from '../../../shared/model/tls/result';
import { scanParts } from '../../../shared/model/tls/scan';
import type { Store } from '../../store/types';
import type { Scanner } from '../scanJob';
import type { FindAddresses } from './addresses';
import { sameTarget, type Endpoints, type StoredEndpoint } from './endpoints';
import { rowOf } from './rows';
import { scanFleet, type AddressTarget } from './run';
import { createSaver } from './saver';
import type { Scans } from './scans';
import type { Schedules } from './schedule';
import type { Share } from './turns';
import { untried } from './untried';

export interface RunsOptions {
  readonly store: Store;
  readonly endpoints: Endpoints;
  readonly scans: Scans;
  readonly schedules: Schedules;
  readonly now: () => Date;
  readonly openScanner: () => Promise<Scanner>;
  readonly findAddresses: () => FindAddresses;
  readonly ownPolicy: () => OwnPolicy | undefined;
  /** A PEM file of authorities that count for the practice account's servers alone. */
  readonly practiceAuthority: string | undefined;
  /** A scan that broke: a defect, for the log. */
  readonly onDefect: (error: unknown) => void;
}

export type ScanProgress = ProgressOf<typeof tlsContract.scan>;
export interface RunResult {
  readonly scanned: number;
  /** Endpoints of which no address could be reached. */
  readonly unreachable: number;
  readonly ms: number;
}

/** Scans of stored endpoints, one run at a time. */
export interface Runs {
  /** Throws AppError `conflict` while another runs, `cancelled`, and what storing fails with. */
  run(
    ids: readonly string[] | undefined,
    context: { signal: AbortSignal; progress: (value: ScanProgress) => void },
  ): Promise<RunResult>;
  /** Stops the run under way, and waits until what it had is stored. */
  close(): Promise<void>;
}

/** The source of endpoints that are servers of the practice account. */
export const practiceSource = 'practice';

const dayMs = 86_400_000;
/** So many names of endpoints that are being scanned are told. */
const shownRunning = 50;

export function createRuns(options: RunsOptions): Runs {
  const closing = new AbortController();
  let running: { signal: AbortSignal; ended: Promise<RunResult> } | undefined;

  return {
    async run(ids, { signal: caller, progress }) {
      // One that was given up may end first.
      for (let other = running; other; other = running) {
        if (!other.signal.aborted) throw busy();
        await other.ended.catch(() => {});
      }
      const signal = AbortSignal.any([caller, closing.signal]);
      const mine = { signal, ended: runOnce(ids, options, { signal, progress }) };
      running = mine;
      try {
        return await mine.ended;
      } finally {
        if (running === mine) running = undefined;
      }
    },
    async close() {
      closing.abort(new AppError('cancelled', 'Cancelled.'));
      await running?.ended.catch(() => {});
    },
  };
}

function busy(): AppError {
  return new AppError('conflict', 'Endpoints are being scanned already.');
}

async function runOnce(
  ids: readonly string[] | undefined,
  options: RunsOptions,
  context: { signal: AbortSignal; progress: (value: ScanProgress) => void },
): Promise<RunResult> {
  const { store, endpoints, scans, schedules, now, practiceAuthority } = options;
  const practiceCa =
    practiceAuthority === undefined ? undefined : { name: 'practice', path: practiceAuthority };
  const startedAt = performance.now();
  const chosen = ids ? endpoints.some(ids) : endpoints.all();
  const schedule = schedules.read();
  const failing = new AbortController();
  const signal = AbortSignal.any([context.signal, failing.signal]);
  let unreachable = 0;
  const saver = createSaver({
    store,
    scans,
    isCurrent({ endpoint }) {
      const now = endpoints.find(endpoint.id)?.endpoint;
      return now !== undefined && sameTarget(now, endpoint);
    },
    onStored({ endpoint }) {
      const stored = endpoints.find(endpoint.id);
      if (stored) context.progress({ kind: 'row', row: rowOf(stored, scans) });
    },
    onFailed: (error) => failing.abort(error),
  });
  const tell = (done: number, active: readonly StoredEndpoint[]) => {
    const names = active.map(({ endpoint }) => endpoint.name || endpoint.host);
    const count = { done, expected: chosen.length, running: names.slice(0, shownRunning) };
    context.progress({ kind: 'count', ...count });
  };
  const without = (target: AddressTarget, why: string) =>
    untried(target, why, { parts: scanParts, now: now() });

  const scanner = await options.openScanner();
  const scan = async (
    { endpoint }: StoredEndpoint,
    target: AddressTarget & { readonly address: string },
    { connections, pauseMs }: Share,
    aborted: AbortSignal,
  ): Promise<ScanResult> => {
    const { revocation, skipProbes } = schedule;
    const job = {
      ...target,
      parts: scanParts,
      maxConnections: connections,
      pauseMs,
      skipProbes,
      revocation,
      ownCa: endpoint.source === practiceSource ? practiceCa : undefined,
      elbPolicies: endpoint.elbPolicy === null ? [] : [endpoint.elbPolicy],
      ownPolicy: options.ownPolicy(),
      clientCertificateExpected: endpoint.clientCertificate,
    };
    return scanner.scan(job, aborted);
  };

  try {
    tell(0, []);
    await scanFleet(chosen, {
      concurrency: schedule.concurrency,
      connectionsPerHost: schedule.connectionsPerHost,
      pauseMs: schedule.pauseMs,
      findAddresses: options.findAddresses(),
      scan,
      onDefect: options.onDefect,
      untried: (_stored, target, why) => without(target, why),
      signal,
      onCount: tell,
      onDone(stored, results) {
        if (results.every(({ reachable }) => !reachable)) unreachable += 1;
        saver.add(stored, results);
      },
    });
  } finally {
    await scanner.close();
    saver.finish();
  }
  if (!ids) schedules.ran(now());
  scans.removeBefore(new Date(now().getTime() - schedule.keepDays * dayMs));
  return { scanned: chosen.length, unreachable, ms: Math.round(performance.now() - startedAt) };
}
