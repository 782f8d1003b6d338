import { z } from 'zod';

/** Where events came from. */
export const eventSourceKinds = ['lookup', 'files', 'bucket', 'athena'] as const;
export type EventSourceKind = (typeof eventSourceKinds)[number];

/** What is stored of one account and Region, and what is not known of it. */
export const coverageSchema = z.object({
  account: z.string(),
  region: z.string(),
  sources: z.array(z.enum(eventSourceKinds)),
  events: z.number().int(),
  oldest: z.string().optional(),
  newest: z.string().optional(),
  /** Times for which nothing was read, ISO 8601 UTC. */
  gaps: z.array(z.object({ from: z.string(), to: z.string(), why: z.string() })),
  /** Behind the account's clock, by the newest event seen, in seconds. */
  lagSeconds: z.number().optional(),
  /** CloudTrail's event history was asked up to then; absent where it was not, or not all of it. */
  lookedUpUntil: z.string().optional(),
  /** A sweep of the event history was begun and is not through. */
  unfinished: z.boolean().optional(),
  /** Why it could not be read, where that failed: the missing permission is named. */
  problem: z.string().optional(),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** Events older than a time were deleted, because so it was set: what lies before it proves nothing. */
export const forgottenSchema = z.object({ before: z.string(), at: z.string() });
export type Forgotten = z.infer<typeof forgottenSchema>;

/** One file, object or sweep that was taken in, with what was wrong with it. */
export const importProblemSchema = z.object({ what: z.string(), message: z.string() });
export const importReportSchema = z.object({
  files: z.number().int(),
  /** Events read, of these new, and of these already there. */
  events: z.number().int(),
  added: z.number().int(),
  duplicates: z.number().int(),
  problems: z.array(importProblemSchema).max(1000),
  /** Events that went again at once, since the settings keep none so old. */
  notKept: z.object({ events: z.number().int(), days: z.number().int() }).optional(),
  ms: z.number(),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** What an import did not keep, as a sentence; undefined where it kept all. */
export function notKeptText({ notKept }: Pick<ImportReport, 'notKept'>): string | undefined {
  if (!notKept) return undefined;
  const { events, days } = notKept;
  return `${events.toLocaleString('en')} ${events === 1 ? 'event is' : 'events are'} older than ${days} days and ${events === 1 ? 'was' : 'were'} not kept: Settings, Keep events.`;
}
