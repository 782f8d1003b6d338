import { z } from 'zod';
import { verdictSchema } from '../../verdict';

/** How the daily peaks of a share develop. */
export const forecastSchema = z.object({
  kind: z.enum(['too-little-data', 'no-trend', 'falling', 'rising']),
  /** A sentence for a person. */
  text: z.string(),
  /** Days that it rests on. */
  days: z.number().int(),
  /** Change of the daily peak a day, as a share of the quota. */
  perDay: z.number().optional(),
  /** Standard deviation of the daily peaks around the line, as a share of the quota. */
  spread: z.number().optional(),
  /** Until the line reaches the quota. */
  daysLeft: z.number().optional(),
});
export type Forecast = z.infer<typeof forecastSchema>;

/** How near the calls that count against one request quota came to it. */
export const quotaUseSchema = z.object({
  /** As AWS/Usage names it: `CryptographicOperationsSymmetric`, `ListGrants`. */
  resource: z.string(),
  question: z.string(),
  verdict: verdictSchema,
  quota: z
    .object({
      perSecond: z.number(),
      /** `account`: SERVICE_QUOTA told it; `default`: AWS's table, since it did not. */
      from: z.enum(['account', 'default']),
    })
    .optional(),
  /** The busiest minute: its calls as a share of what the quota allows in a minute. */
  peak: z.object({ share: z.number(), at: z.string(), calls: z.number() }).optional(),
  /** No minute was looked at: an hour's calls together are no larger share than this. */
  atMost: z.number().optional(),
  /** The busiest minute of each day, oldest first; `day` is `2026-11-27`. */
  days: z.array(z.object({ day: z.string(), share: z.number() })),
  forecast: forecastSchema.optional(),
});
export type QuotaUse = z.infer<typeof quotaUseSchema>;

export const throttlingReportSchema = z.object({
  connection: z.string(),
  account: z.string().optional(),
  region: z.string(),
  asOf: z.string(),
  /** The time that was looked at, ISO 8601 UTC. */
  from: z.string(),
  uses: z.array(quotaUseSchema),
  /** Throttled calls among the stored events of that time. */
  logged: z.object({
    verdict: verdictSchema,
    count: z.number().int(),
    last: z.string().optional(),
    /** Stored from before that time. */
    earlier: z.number().int(),
  }),
  /** What AWS was asked. */
  evidence: z.array(
    z.object({
      operation: z.string(),
      region: z.string(),
      requestId: z.string().optional(),
      asOf: z.string(),
      facts: z.record(z.string(), z.string()),
    }),
  ),
});
export type ThrottlingReport = z.infer<typeof throttlingReportSchema>;

/** What belongs beside every word about throttling. Source: CloudTrail and KMS developer guides. */
export const cloudTrailIsNoProof =
  'CloudTrail alone does not prove that nothing was throttled: AWS logs throttled calls only at times.';
