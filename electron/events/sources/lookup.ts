import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { ImportReport } from '../../../shared/model/events/coverage';
import { AppError } from '../../../shared/model/errors';
import type { AwsGateway, Target } from '../../aws/types';
import { gapsName } from '../coverage';
import { lookupName, lookupStateSchema, use, watchedNames, type LookupState } from '../lookupState';
import type { EventTableClient } from '../startTable';
import { addReports, emptyReport } from './report';

/** LookupEvents knows the last 90 days. */
const historyMs = 90 * 86_400_000;
/** Events come up to a quarter of an hour late, and sometimes later: the last hour is asked for again. */
const overlapMs = 3_600_000;
/** Pages of 50 events for all other calls of KMS, in one sweep of a Region: some minutes at 10 % of the quota. */
const pagesOfUse = 40;

export interface LookupOptions {
  readonly gateway: AwsGateway;
  readonly table: Pick<EventTableClient, 'importBytes' | 'readState' | 'writeState'>;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** Requests that the sweep still takes, as far as that is known beforehand. */
  readonly plan: (requests: number) => void;
  /** A page has come. */
  readonly step: (what: string, events: number) => void;
}

/**
 * Asks the event history of one account and Region for what is new since the last sweep: each watched
 * change by its name, then the newest other calls of KMS as far as a few minutes reach. What those
 * leave out is kept as a gap, never passed over. Every page is stored with the place in its list before
 * the next one is asked for, so that a sweep that ends in the middle goes on there. Throws AppError
 * `denied` and what else the gateway throws; what was read stays.
 */
export async function lookupRegion(
  target: Target,
  account: string,
  { gateway, table, now, signal, plan, step }: LookupOptions,
): Promise<ImportReport> {
  const stateName = lookupName(account, target.region);
  const stored = await table.readState({ name: stateName });
  const state: LookupState = lookupStateSchema.safeParse(
    stored === null ? undefined : JSON.parse(stored),
  ).data ?? { until: {} };
  let report = emptyReport();
  const lists = remaining(state, now);
  plan(lists.length - 1 + (state.until[use] === undefined ? pagesOfUse : 1));
  state.sweep ??= now.toISOString();
  for (const what of lists) {
    const begun = state.open?.what === what;
    await readList(what);
    // It was begun by an earlier sweep: what is new since then is still to come.
    if (begun) await readList(what);
  }
  state.sweep = undefined;
  await writeState();
  return report;

  async function readList(what: string): Promise<void> {
    const begun = state.open?.what === what ? state.open : undefined;
    const from = begun ? new Date(begun.from) : sinceOf(what);
    const to = begun ? new Date(begun.to) : now;
    const most = what === use ? pagesOfUse : Infinity;
    let { token, pages = 0, oldest }: Partial<NonNullable<LookupState['open']>> = begun ?? {};
    do {
      const page = await askOnwards(what, from, to, token);
      oldest = oldestOf(page.records) ?? oldest;
      token = page.token;
      pages += 1;
      await keep(what, page.records, to);
      state.open =
        token === undefined
          ? undefined
          : { what, from: from.toISOString(), to: to.toISOString(), token, pages, oldest };
      await writeState();
      step(`${target.region} ${what === use ? 'other calls of KMS' : what}`, page.records.length);
    } while (token !== undefined && pages < most);
    if (token !== undefined && oldest !== undefined) {
      await noteGap({
        from: from.toISOString(),
        to: oldest,
        why: 'More calls used keys than LookupEvents gives in a few minutes. Import the trail’s log files for them.',
      });
    }
    state.open = undefined;
    state.until[what] = to.toISOString();
    await writeState();
  }

  function sinceOf(what: string): Date {
    const until = state.until[what];
    const oldestMs = now.getTime() - historyMs;
    return new Date(Math.max(oldestMs, until ? Date.parse(until) - overlapMs : oldestMs));
  }

  async function ask(what: string, from: Date, to: Date, token: string | undefined) {
    const attribute =
      what === use
        ? ({ AttributeKey: 'EventSource', AttributeValue: 'kms.amazonaws.com' } as const)
        : ({ AttributeKey: 'EventName', AttributeValue: what } as const);
    const { output } = await gateway.send(
      target,
      new LookupEventsCommand({
        LookupAttributes: [attribute],
        StartTime: from,
        EndTime: to,
        MaxResults: 50,
        ...(token !== undefined && { NextToken: token }),
      }),
      { signal },
    );
    const records = (output.Events ?? []).map(({ CloudTrailEvent }) => parsed(CloudTrailEvent));
    return { records, token: output.NextToken };
  }

  /** A token that is too old is worth nothing: the list begins anew, and what is known is left out. */
  async function askOnwards(what: string, from: Date, to: Date, token: string | undefined) {
    try {
      return await ask(what, from, to, token);
    } catch (error) {
      const tooOld =
        error instanceof AppError && error.detail['awsCode'] === 'InvalidNextTokenException';
      if (token === undefined || !tooOld) throw error;
      return ask(what, from, to, undefined);
    }
  }

  async function keep(what: string, found: readonly unknown[], to: Date): Promise<void> {
    if (found.length === 0) return;
    const bytes = new TextEncoder().encode(JSON.stringify({ Records: found }));
    const name = `lookup ${account} ${target.region} ${what} ${to.toISOString()}`;
    report = addReports(
      report,
      await table.importBytes({ source: 'lookup', files: [{ name, bytes }] }, { signal }),
    );
  }

  async function writeState(): Promise<void> {
    await table.writeState({ name: stateName, value: JSON.stringify(state) });
  }

  async function noteGap(gap: { from: string; to: string; why: string }): Promise<void> {
    const name = gapsName(account, target.region);
    const before = JSON.parse((await table.readState({ name })) ?? '[]') as { from: string }[];
    const others = before.filter(({ from }) => from !== gap.from);
    await table.writeState({ name, value: JSON.stringify([...others, gap].slice(-50)) });
  }
}

/**
 * The lists of a sweep in their order. Of one that was cut off within the last hour, what was through is
 * not asked for again.
 */
function remaining({ sweep, until }: LookupState, now: Date): string[] {
  const all = [...watchedNames, use];
  if (sweep === undefined || Date.parse(sweep) < now.getTime() - overlapMs) return all;
  return all.filter((what) => (until[what] ?? '') < sweep);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw new AppError('bad-response', 'CloudTrail gave an event that is no JSON. Try again.');
  }
}

function oldestOf(records: readonly unknown[]): string | undefined {
  return records
    .flatMap((record) => (record as { eventTime?: string }).eventTime ?? [])
    .sort()
    .at(0);
}
