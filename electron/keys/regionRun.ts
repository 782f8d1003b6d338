import { ListKeysCommand } from '@aws-sdk/client-kms';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { known, type Facet } from '../../shared/model/facet';
import type { ScopeReport } from '../../shared/model/key';
import { facetNames, type FacetName } from '../../shared/model/keyDifferences';
import type { AwsGateway } from '../aws/types';
import { createBreaker } from './breaker';
import { createCaller, required } from './caller';
import { createLane, laneWidth, type Lane } from './lane';
import { openFacets, type LiveRow } from './liveRow';
import { pages } from './paging';
import {
  askedAtOnce,
  askedByKind,
  notApplicable,
  operationOf,
  perKeyFacets,
  readers,
  type PerKeyFacet,
} from './perKey';
import { createProblems } from './problems';
import { sweepAliases } from './reads';
import type { Scope, Snapshots } from './snapshots';

export interface RegionRunOptions {
  readonly gateway: AwsGateway;
  readonly snapshots: Snapshots;
  readonly scope: Scope & { readonly connectionName: string };
  readonly signal: AbortSignal;
  /** The account as STS names it, for a Region without keys; undefined where that failed. */
  readonly identify: () => Promise<string | undefined>;
  /** The account's present time, for what was asked and not answered. */
  readonly clock: () => string;
  /** Told after every change of a row. */
  readonly onRow: (live: LiveRow) => void;
}

/** The reading of one Region of one connection. */
export interface RegionRun {
  /** Reads everything; never rejects: what fails is in the rows and in the report. */
  run(): Promise<void>;
  report(): ScopeReport;
  /** Answers had and expected so far. */
  progress(): { done: number; expected: number };
  /** Calls still to be made, by API, as far as the keys are listed. */
  openCalls(): { operation: string; calls: number }[];
  readonly rows: ReadonlyMap<string, LiveRow>;
  readonly accountId: string | undefined;
  /** True when ListKeys has told all keys there are. */
  readonly listedAll: boolean;
}

/** How often a call that AWS throttles beyond the gateway's patience goes back to the end of its line. */
const throttledRounds = 3;
/** Keys that are begun before the event loop gets a turn: each may have calls to sign. */
const slice = 10;

/**
 * Reads one Region with one line (lane) for each API, so that every API's quota is kept busy from the
 * first key on and the slowest alone decides how long it takes. Each facet of each key is asked for
 * itself: a key's policy may allow what IAM does not, so a denial for one key says nothing of the next.
 */
export function createRegionRun(options: RegionRunOptions): RegionRun {
  const { gateway, snapshots, scope, signal, clock, onRow } = options;
  const { connection, connectionName, region } = scope;
  const caller = createCaller(gateway, scope, signal);
  const before = snapshots.scope(scope);
  const rows = new Map<string, LiveRow>();
  const settled = new Map<FacetName, number>(facetNames.map((name) => [name, 0]));
  const problems = createProblems();
  const breaker = createBreaker();
  let state: ScopeReport['state'] = 'waiting';
  let { accountId, asOf } = before?.report ?? {};
  let listedAll = false;
  let listedAnything = false;
  let aliasesOf: ((keyId: string) => LiveRow['fresh']['aliases']) | undefined;
  let onSettled = () => {};

  const lanes = new Map<PerKeyFacet, Lane<Job>>(perKeyFacets.map((name) => [name, laneOf(name)]));

  function laneOf(name: PerKeyFacet): Lane<Job> {
    const operation = operationOf[name];
    return createLane<Job>(
      () => laneWidth(gateway.rateFor(operation, scope)),
      async ({ live, round }) => {
        if (signal.aborted) return;
        const facet = await ask(name, live);
        if (signal.aborted) return;
        if (
          facet.status === 'cannot-tell' &&
          facet.error.code === 'throttled' &&
          round < throttledRounds
        ) {
          lanes.get(name)?.push({ live, round: round + 1 });
        } else {
          settle(live, name, facet);
        }
      },
    );
  }

  async function ask(name: PerKeyFacet, live: LiveRow): Promise<Facet<unknown>> {
    if (breaker.open) return { status: 'cannot-tell', error: breaker.open, asOf: clock() };
    try {
      const answer = await readers[name](caller, live.identity, live.told);
      breaker.answered();
      return { status: 'known', ...answer };
    } catch (thrown) {
      const error = toErrorInfo(thrown);
      if (!signal.aborted) breaker.failed(error);
      return { status: 'cannot-tell', error, asOf: clock() };
    }
  }

  function settle(live: LiveRow, name: FacetName, facet: Facet<unknown>): void {
    Object.assign(live.fresh, { [name]: facet });
    settled.set(name, (settled.get(name) ?? 0) + 1);
    if (facet.status === 'cannot-tell') problems.add(operationOf[name], facet.error, 1);
    if (name === 'metadata') askByKind(live);
    onRow(live);
    if (openFacets(live) === 0) onSettled();
  }

  function askByKind(live: LiveRow): void {
    const metadata = live.fresh.metadata && known(live.fresh.metadata);
    for (const name of askedByKind) {
      const reason = metadata && notApplicable(name, metadata);
      if (reason === undefined) lanes.get(name)?.push({ live, round: 1 });
      else settle(live, name, { status: 'not-applicable', reason });
    }
  }

  async function listKeys(): Promise<void> {
    const operation = 'kms:ListKeys';
    const list = pages(operation, (Marker) =>
      caller.send(operation, new ListKeysCommand({ Limit: 1000, ...(Marker && { Marker }) })),
    );
    for await (const { output } of list) {
      for (const [index, entry] of required(output.Keys, operation, 'Keys').entries()) {
        if (index % slice === slice - 1) await new Promise(setImmediate);
        if (signal.aborted) return;
        const keyId = required(entry.KeyId, operation, 'KeyId');
        if (!rows.has(keyId)) begin(keyId, required(entry.KeyArn, operation, 'KeyArn'));
      }
      listedAnything = true;
    }
    listedAll = true;
  }

  function begin(keyId: string, arn: string): void {
    const account = /^arn:[^:]*:kms:[^:]*:(\d{12}):/.exec(arn)?.[1];
    accountId = required(account, 'kms:ListKeys', 'account in a key ARN');
    const previous = snapshots.find(scope, keyId);
    const live: LiveRow = {
      identity: { connection, region, keyId, accountId, arn },
      previous: previous?.row.accountId === accountId ? previous : undefined,
      // Under another account's credentials nothing is "new": it is another list.
      listedBefore: before?.report.accountId === accountId ? before.listedAt : undefined,
      fresh: {},
      told: {},
    };
    rows.set(keyId, live);
    for (const name of askedAtOnce) lanes.get(name)?.push({ live, round: 1 });
    const aliases = aliasesOf?.(keyId);
    if (aliases) settle(live, 'aliases', aliases);
  }

  async function readAliases(): Promise<void> {
    try {
      const { value, asOf, requestId } = await sweepAliases(caller);
      aliasesOf = (keyId) => ({ status: 'known', value: value.get(keyId) ?? [], asOf, requestId });
    } catch (thrown) {
      const error = toErrorInfo(thrown);
      const failedAt = clock();
      aliasesOf = () => ({ status: 'cannot-tell', error, asOf: failedAt });
    }
    if (signal.aborted) return;
    let count = 0;
    for (const live of rows.values()) {
      if (live.fresh.aliases) continue;
      const aliases = aliasesOf(live.identity.keyId);
      if (aliases) settle(live, 'aliases', aliases);
      if (++count % slice === 0) await new Promise(setImmediate);
    }
  }

  /** Resolves when every row has all its facets, or the run was cancelled. */
  function allSettled(): Promise<void> {
    return new Promise((resolve) => {
      onSettled = () => {
        const open = perKeyFacets.some((name) => settled.get(name) !== rows.size);
        if (!open || signal.aborted) resolve();
      };
      signal.addEventListener('abort', onSettled, { once: true });
      onSettled();
    });
  }

  return {
    rows,
    get accountId() {
      return accountId;
    },
    get listedAll() {
      return listedAll;
    },
    async run() {
      state = 'running';
      const aliases = readAliases();
      let failure: ErrorInfo | undefined;
      await listKeys().catch((thrown: unknown) => {
        failure = toErrorInfo(thrown);
      });
      await aliases;
      if (rows.size === 0 && !signal.aborted) accountId = (await options.identify()) ?? accountId;
      await allSettled();
      if (signal.aborted) {
        state = 'cancelled';
        return;
      }
      if (failure) problems.add('kms:ListKeys', failure, 0);
      state =
        failure && !listedAnything ? 'failed' : problems.list().length > 0 ? 'partial' : 'complete';
      if (state !== 'failed') asOf = clock();
    },
    report: () => ({
      connection,
      connectionName,
      ...(accountId !== undefined && { accountId }),
      region,
      keys: listedAnything ? rows.size : snapshots.count(scope),
      ...(asOf !== undefined && { asOf }),
      state,
      problems: problems.list(),
    }),
    progress: () => ({
      done: [...settled.values()].reduce((sum, count) => sum + count, 0),
      expected: rows.size * facetNames.length,
    }),
    openCalls: () =>
      perKeyFacets.map((name) => ({
        operation: operationOf[name],
        calls: rows.size - (settled.get(name) ?? 0),
      })),
  };
}

interface Job {
  readonly live: LiveRow;
  readonly round: number;
}
