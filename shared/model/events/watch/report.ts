import { z } from 'zod';
import { alertSchema } from '../findings';

/** What the watch found in the stored events. */
export const watchReportSchema = z.object({
  /** Newest first. */
  alerts: z.array(alertSchema),
  /** Older alerts beside those. */
  more: z.number().int(),
  /** Ids of changes whose record does not show what they changed. */
  unreadable: z.array(z.string()),
  /** How many events were looked at, and the time of the newest. */
  events: z.number().int(),
  asOf: z.string().optional(),
  /** Accounts and Regions whose stored events are too few days for anything to be unusual, and until when. */
  learning: z.array(z.object({ account: z.string(), region: z.string(), until: z.string() })),
});
export type WatchReport = z.infer<typeof watchReportSchema>;

/** Something that changed on a key from one inventory to the next, and who did it as far as events tell. */
export const driftSchema = z.object({
  connection: z.string(),
  account: z.string(),
  region: z.string(),
  keyId: z.string(),
  arn: z.string(),
  /** Between these two readings, in the account's clock. */
  since: z.string(),
  until: z.string(),
  /** In words of the key table: `alias added: alias/x`. */
  what: z.string(),
  /** Events between the readings that can have done it, the newest first; none where none is stored. */
  authors: z.array(
    z.object({ eventId: z.string(), at: z.string(), name: z.string(), caller: z.string() }),
  ),
});
export type Drift = z.infer<typeof driftSchema>;
