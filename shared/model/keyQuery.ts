import { z } from 'zod';

/**
 * What the key table shows: filters, search, sort. The window keeps it in its URL hash, the export
 * and the command line apply the same.
 */
export const keyQuerySchema = z.object({
  /** Free text: alias, id, ARN, description, tag. All words must occur. */
  search: z.string().max(500).default(''),
  /** By facet name (`state`, `region`, `account`, `kind`, `rotation`, ...) the values that pass; absent means all. */
  filters: z.record(z.string().max(50), z.array(z.string().max(200)).max(100)).default({}),
  /** First column counts most; `desc` reverses it. */
  sort: z
    .array(z.object({ column: z.string().max(50), desc: z.boolean() }))
    .max(5)
    .default([]),
});
export type KeyQuery = z.infer<typeof keyQuerySchema>;
