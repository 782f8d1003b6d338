import { z } from 'zod';
import { eventFacetSchema, eventRowSchema, outcomeSchema } from './event';

const time = z.iso.datetime({ offset: true });

/** Which events: all words of the search and all filters must fit. The window keeps it in its URL hash. */
export const eventQuerySchema = z.object({
  /**
   * Words, and fields as `name:Decrypt`, `-outcome:ok`, `context.bucket:invoices`: over caller, key,
   * error, message, IP address, agent, encryption context, ids.
   */
  search: z.string().max(500).default(''),
  filters: z.partialRecord(eventFacetSchema, z.array(z.string().max(500)).max(100)).default({}),
  since: time.optional(),
  until: time.optional(),
  /** Permission tests by DryRun are left out unless asked for. */
  dryRuns: z.boolean().default(false),
});
export type EventQuery = z.infer<typeof eventQuerySchema>;

export const eventPageSchema = z.object({
  /** Newest first. */
  rows: z.array(eventRowSchema).max(500),
  total: z.number().int(),
});

export const facetCountSchema = z.object({
  value: z.string(),
  count: z.number().int(),
});
/** The counts of one facet, as if its own filter were not set; at most 200 values, the most frequent first. */
export const facetCountsSchema = z.object({
  facet: eventFacetSchema,
  values: z.array(facetCountSchema).max(200),
  /** Values that there are beside those. */
  more: z.number().int(),
});

export const histogramSchema = z.object({
  /** Start of the first bucket, ISO 8601 UTC, and each bucket's length. */
  from: z.string(),
  bucketSeconds: z.number().int(),
  buckets: z.array(z.partialRecord(outcomeSchema, z.number().int())).max(1000),
});
export type Histogram = z.infer<typeof histogramSchema>;
