import { z } from 'zod';
import type { Alert } from '../findings';
import type { WatchedRow } from './namedChanges';

/**
 * Whether a PutEventSelectors record leaves KMS out of a trail, by classic or advanced selectors;
 * `cannot-tell` where the record does not show its selectors. What is left out so cannot be
 * recovered afterwards. Source: CloudTrail user guide, "Logging management events".
 * @param record the parsed raw record
 */
export function keysUnlogged(record: unknown): 'yes' | 'no' | 'cannot-tell' {
  const read = recordSchema.safeParse(record);
  if (!read.success) return 'cannot-tell';
  const { eventSelectors, advancedEventSelectors } = read.data.requestParameters;
  if (!eventSelectors && !advancedEventSelectors) return 'cannot-tell';
  const classic = eventSelectors?.some((each) => each.excludeManagementEventSources?.includes(kms));
  const advanced = advancedEventSelectors?.some((each) =>
    each.fieldSelectors.some(
      ({ field, notEquals }) => field === 'eventSource' && notEquals?.includes(kms),
    ),
  );
  return classic || advanced ? 'yes' : 'no';
}

const kms = 'kms.amazonaws.com';
const words = z.array(z.string()).nullish();
const recordSchema = z.object({
  requestParameters: z.object({
    eventSelectors: z.array(z.object({ excludeManagementEventSources: words })).nullish(),
    advancedEventSelectors: z
      .array(
        z.object({ fieldSelectors: z.array(z.object({ field: z.string(), notEquals: words })) }),
      )
      .nullish(),
  }),
});

/** The alert for a change of a trail's selectors that leaves KMS out. */
export function kmsLeftOut(row: WatchedRow): Alert {
  return {
    id: `kms-left-out|${row.eventId}`,
    kind: 'change',
    rule: 'kms-left-out',
    severity: 'high',
    title: 'KMS left out of a trail',
    reason: `${row.caller} made a trail leave out all events of KMS at ${row.at}. What is not recorded cannot be had later.`,
    at: row.at,
    account: row.account,
    region: row.region,
    caller: row.caller,
    events: [row.eventId],
    count: 1,
  };
}
