import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import type { Alert } from '../../../shared/model/events/findings';
import { changeAlerts, pastSubjects } from '../../../shared/model/events/watch/changeAlerts';
import {
  pastOf,
  type Past,
  type PastReading,
  type PastSubject,
} from '../../../shared/model/events/watch/past';
import type { WatchReport } from '../../../shared/model/events/watch/report';
import type { WatchSettings } from '../../../shared/model/events/watch/rules';
import { gapsName } from '../coverage';
import type { EventStore } from '../store/eventStore';
import type { EventTable } from '../table/eventTable';
import { createChangeReader, type ChangeReader } from './changeReader';
import { createUnusual, type Unusual } from './unusual';
import { unusualAlerts } from './unusualAlerts';

/** So many events are looked at before others get their turn: some 50 ms. */
const inOneGo = 50_000;

/** More are counted only: who has so many looks at the newest first. */
const mostAlerts = 5000;

/** What is kept from one pass to the next, so that only new events are looked at. */
interface State {
  readonly table: EventTable;
  readonly settings: string;
  readonly changes: ChangeReader;
  unusual: Unusual;
  seen: number;
  newest: number;
  report: { past: string; report: WatchReport } | undefined;
}

/** Both reject with AppError `cancelled`. */
export interface Watch {
  /** @param past what the inventory told of what `pastSubjects` names */
  look(
    settings: WatchSettings,
    past: readonly PastReading[],
    signal?: AbortSignal,
  ): Promise<WatchReport>;
  /** What changes have to be compared with, as far as the inventory has it. */
  pastSubjects(settings: WatchSettings, signal?: AbortSignal): Promise<PastSubject[]>;
}

/**
 * Watches the stored events: a first pass looks at all of them, later ones at what came since. Events
 * that are older than others seen before make what is usual be learned anew.
 */
export function createWatch(store: EventStore): Watch {
  let state: State | undefined;
  let running: Promise<unknown> = Promise.resolve();

  async function caughtUp(settings: WatchSettings, signal?: AbortSignal): Promise<State> {
    const table = store.table();
    const { off: _off, ...tuned } = settings;
    const text = JSON.stringify(tuned);
    if (state?.table !== table || state.settings !== text || state.seen > table.length) {
      state = {
        table,
        settings: text,
        changes: createChangeReader(store, table),
        unusual: createUnusual(table, settings, gapEndsOf(store, table)),
        seen: 0,
        newest: 0,
        report: undefined,
      };
    }
    const now = state;
    if (now.seen < table.length) {
      // A pass that is given up half-way must not be taken for a whole one.
      state = undefined;
      await catchUp(now, store, settings, signal);
      now.report = undefined;
      state = now;
    }
    return now;
  }

  async function look(
    settings: WatchSettings,
    past: readonly PastReading[],
    signal?: AbortSignal,
  ): Promise<WatchReport> {
    const now = await caughtUp(settings, signal);
    const text = JSON.stringify(past);
    if (now.report?.past !== text) {
      now.report = { past: text, report: reportOf(now, settings, pastOf(past)) };
    }
    const { report } = now.report;
    const alerts = report.alerts.filter(({ rule }) => !settings.off.includes(rule));
    const told = alerts.slice(0, mostAlerts);
    return { ...report, alerts: told, more: alerts.length - told.length };
  }

  /** One after the other: two passes at once would look at the same events twice. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = running.then(work);
    running = mine.catch(() => {});
    return mine;
  }

  return {
    look: (settings, past, signal) => inTurn(() => look(settings, past, signal)),
    pastSubjects: (settings, signal) =>
      inTurn(async () => pastSubjects((await caughtUp(settings, signal)).changes.events)),
  };
}

async function catchUp(
  state: State,
  store: EventStore,
  settings: WatchSettings,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { table } = state;
  const from = state.seen;
  const to = table.length;
  const at = table.columns.at.raw;
  // Before the first wait: more may be taken in meanwhile, which is for the next pass.
  let order = table.newestFirst();
  await state.changes.take(from);
  let oldest = Infinity;
  for (let i = from; i < to; i += 1) oldest = Math.min(oldest, at[i] ?? 0);
  if (from > 0 && oldest >= state.newest) order = order.filter((index) => index >= from);
  else state.unusual = createUnusual(table, settings, gapEndsOf(store, table));
  for (let end = order.length; end > 0; end -= inOneGo) {
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
    state.unusual.take(order.subarray(Math.max(0, end - inOneGo), end).toReversed());
    await nextTurn();
  }
  state.newest = at[order[0] ?? 0] ?? 0;
  state.seen = to;
}

function reportOf(state: State, settings: WatchSettings, past: Past): WatchReport {
  const { table, unusual, changes, seen, newest } = state;
  const found = changeAlerts(changes.events, settings, past);
  const alerts: Alert[] = [...found.alerts, ...unusualAlerts(table, unusual)];
  alerts.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
  const learning = settings.learningDays * 86_400;
  return {
    alerts,
    more: 0,
    unreadable: found.unreadable,
    events: seen,
    ...(seen > 0 && { asOf: iso(newest) }),
    learning: [...unusual.places.all()]
      .filter(({ since, last }) => last - since < learning)
      .map(({ account, region, since }) => ({
        account: table.words.account.valueOf(account) ?? '',
        region: table.words.region.valueOf(region) ?? '',
        until: iso(since + learning),
      })),
  };
}

function iso(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

const gapsSchema = z.array(z.object({ to: z.string() }));

/** Where sources left gaps: what was usual before them says nothing. */
function gapEndsOf(store: EventStore, table: EventTable) {
  return (account: number, region: number): number[] => {
    const { words } = table;
    const name = gapsName(words.account.valueOf(account) ?? '', words.region.valueOf(region) ?? '');
    const gaps = gapsSchema.safeParse(JSON.parse(store.readState(name) ?? '[]'));
    return (gaps.data ?? []).map(({ to }) => Date.parse(to) / 1000);
  };
}
