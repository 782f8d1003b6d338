import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import type { ImportReport } from '../../../shared/model/events/coverage';
import { AppError } from '../../../shared/model/errors';
import type { AwsGateway, Target } from '../../aws/types';
import { gapsName } from '../coverage';
import type { EventTableClient } from '../startTable';
import { addReports, emptyReport } from './report';

/**
 * Changes of keys and of the trail that an officer must not miss: each is asked for by its name, so
 * that they are found however many calls use keys. LookupEvents takes one attribute a request.
 */
export const watchedNames: readonly string[] = [
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
  'DeleteKey',
  'DisableKey',
  'EnableKey',
  'PutKeyPolicy',
  'DisableKeyRotation',
  'EnableKeyRotation',
  'RotateKeyOnDemand',
  'RotateKey',
  'ImportKeyMaterial',
  'DeleteImportedKeyMaterial',
  'DeleteExpiredKeyMaterial',
  'CreateGrant',
  'RevokeGrant',
  'UpdateAlias',
  'DeleteAlias',
  'ReplicateKey',
  'UpdatePrimaryRegion',
  'SynchronizeMultiRegionKey',
  'PutEventSelectors',
  'StopLogging',
  'DeleteTrail',
  'UpdateTrail',
];

/** LookupEvents knows the last 90 days. */
const historyMs = 90 * 86_400_000;
/** Events come up to a quarter of an hour late, and sometimes later: the last hour is asked for again. */
const overlapMs = 3_600_000;
/** Pages of 50 events for all other calls of KMS, in one sweep of a Region: some minutes at 10 % of the quota. */
const pagesOfUse = 40;

const stateSchema = z.object({
  /** By what was asked for, up to when it is known. */
  until: z.record(z.string(), z.string()),
});

export interface LookupOptions {
  readonly gateway: AwsGateway;
  readonly table: Pick<EventTableClient, 'importBytes' | 'readState' | 'writeState'>;
  readonly now: Date;
  readonly signal: AbortSignal;
  /** A page has come. */
  readonly step: (what: string, events: number) => void;
}

/** Requests that a sweep makes at least: one for each name, one for the use of keys. */
export const requestsPerSweep = watchedNames.length + 1;

/**
 * Asks the event history of one account and Region for what is new since the last sweep: each watched
 * change by its name, then the newest other calls of KMS as far as a few minutes reach. What those
 * leave out is kept as a gap, never passed over. Resumable: each name's progress is stored when it is
 * through. Throws AppError `denied` and what else the gateway throws; what was read stays.
 */
export async function lookupRegion(
  target: Target,
  account: string,
  { gateway, table, now, signal, step }: LookupOptions,
): Promise<ImportReport> {
  const stateName = `lookup ${account} ${target.region}`;
  const stored = await table.readState({ name: stateName });
  const state = stateSchema.safeParse(stored === null ? undefined : JSON.parse(stored)).data ?? {
    until: {},
  };
  let report = emptyReport();

  for (const name of watchedNames) {
    const { records } = await pages({ AttributeKey: 'EventName', AttributeValue: name }, Infinity);
    await keep(name, records);
  }
  const use = { AttributeKey: 'EventSource', AttributeValue: 'kms.amazonaws.com' } as const;
  const { records, whole, from } = await pages(use, pagesOfUse);
  const oldest = oldestOf(records);
  if (!whole && oldest !== undefined) {
    await noteGap({
      from: from.toISOString(),
      to: oldest,
      why: 'More calls used keys than LookupEvents gives in a few minutes. Import the trail’s log files for them.',
    });
  }
  await keep('use', records);
  return report;

  function sinceOf(what: string): Date {
    const until = state.until[what];
    const oldestMs = now.getTime() - historyMs;
    return new Date(Math.max(oldestMs, until ? Date.parse(until) - overlapMs : oldestMs));
  }

  async function pages(
    attribute: { AttributeKey: 'EventName' | 'EventSource'; AttributeValue: string },
    most: number,
  ) {
    const what = attribute.AttributeKey === 'EventName' ? attribute.AttributeValue : 'use';
    const from = sinceOf(what);
    const found: unknown[] = [];
    let token: string | undefined;
    for (let page = 0; page < most; page += 1) {
      const { output } = await gateway.send(
        target,
        new LookupEventsCommand({
          LookupAttributes: [attribute],
          StartTime: from,
          EndTime: now,
          MaxResults: 50,
          ...(token !== undefined && { NextToken: token }),
        }),
        { signal },
      );
      for (const { CloudTrailEvent } of output.Events ?? []) {
        const record = parsed(CloudTrailEvent);
        if (record !== undefined) found.push(record);
      }
      step(`${target.region} ${attribute.AttributeValue}`, output.Events?.length ?? 0);
      token = output.NextToken;
      if (token === undefined) return { records: found, whole: true, from };
    }
    return { records: found, whole: false, from };
  }

  async function keep(what: string, found: readonly unknown[]): Promise<void> {
    if (found.length > 0) {
      const bytes = new TextEncoder().encode(JSON.stringify({ Records: found }));
      const name = `lookup ${account} ${target.region} ${what} ${now.toISOString()}`;
      report = addReports(
        report,
        await table.importBytes({ source: 'lookup', files: [{ name, bytes }] }, { signal }),
      );
    }
    state.until[what] = now.toISOString();
    await table.writeState({ name: stateName, value: JSON.stringify(state) });
  }

  async function noteGap(gap: { from: string; to: string; why: string }): Promise<void> {
    const name = gapsName(account, target.region);
    const before = JSON.parse((await table.readState({ name })) ?? '[]') as { from: string }[];
    const others = before.filter(({ from }) => from !== gap.from);
    await table.writeState({ name, value: JSON.stringify([...others, gap].slice(-50)) });
  }
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
