import { z } from 'zod';
import { keyDetailSchema, keyRefSchema, keyRowSchema, scopeReportSchema } from '../model/key';
import { keyQuerySchema } from '../model/keyQuery';
import { method } from './define';

/** Rows travel in parts of at most this many, so that neither side stops to validate 10,000 at once. */
const maxRowsPerPart = 250;

const rowsPart = z.object({
  kind: z.literal('rows'),
  rows: z.array(keyRowSchema).max(maxRowsPerPart),
});

export const inventoryProgressSchema = z.discriminatedUnion('kind', [
  rowsPart,
  z.object({ kind: z.literal('scope'), scope: scopeReportSchema }),
  z.object({
    kind: z.literal('count'),
    /** API answers had and expected so far; `expected` grows while keys are being listed. */
    done: z.number(),
    expected: z.number(),
    /** Seconds that the quotas still force, as far as known. */
    remainingSeconds: z.number().optional(),
  }),
]);
export type InventoryProgress = z.infer<typeof inventoryProgressSchema>;

export const inventorySummarySchema = z.object({
  scopes: z.array(scopeReportSchema),
  total: z.number(),
  /** When the newest part was read; absent where there is no snapshot yet. */
  asOf: z.string().optional(),
});
export type InventorySummary = z.infer<typeof inventorySummarySchema>;

export const keys = {
  snapshot: method({
    summary: 'The stored inventory of the chosen scope, in parts; asks no network.',
    output: inventorySummarySchema,
    progress: rowsPart,
  }),
  refresh: method({
    summary: 'Reads the chosen accounts and Regions anew, stores the snapshot, marks what changed.',
    input: z.object({
      /** Only these; all that is chosen where absent. */
      only: z.array(z.object({ connection: z.string(), region: z.string().optional() })).optional(),
    }),
    output: inventorySummarySchema,
    progress: inventoryProgressSchema,
    action: true,
  }),
  detail: method({
    summary: 'Everything about one key, asked of AWS now, with the raw answers.',
    input: keyRefSchema,
    output: keyDetailSchema,
  }),
  exportRows: method({
    summary:
      'Writes the rows that a query matches to a file the operator picks; null where none was picked.',
    input: z.object({
      format: z.enum(['csv', 'json']),
      query: keyQuerySchema,
      columns: z.array(z.string()).max(50),
    }),
    output: z.object({ file: z.string(), rows: z.number() }).nullable(),
    action: true,
  }),
};
