import { z } from 'zod';
import { method } from './define';

export const journalEntrySchema = z.object({
  seq: z.number().int(),
  /** ISO 8601 UTC, this machine's clock. */
  at: z.string(),
  /** The operator: user name of the operating system. */
  operator: z.string(),
  /** The AWS principal, where the entry is about an AWS call. */
  principal: z.string().optional(),
  /** `action`: an operator's deed; `aws-write`: a call that changes something at AWS; `program`: start, migration, repair. */
  kind: z.enum(['action', 'aws-write', 'program']),
  /** `keys.exportRows`, `kms:DisableKey`, `program.start`. */
  what: z.string(),
  /** Facts as flat JSON: inputs without secrets, connection, Region, counts. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  requestId: z.string().optional(),
  /** `started`: an AWS write about to be sent; its end is an entry of its own, so that a crash between shows. */
  outcome: z.enum(['started', 'ok', 'failed', 'cancelled']),
  /** The error code, where it failed. */
  error: z.string().optional(),
  /** SHA-256 of the entry before, hex; 64 zeros for the first. */
  previousHash: z.string(),
  hash: z.string(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

export const journal = {
  list: method({
    summary: 'Entries from the newest down.',
    input: z.object({
      /** Only entries before this number; the newest where absent. */
      before: z.number().int().optional(),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ entries: z.array(journalEntrySchema), total: z.number().int() }),
  }),
  verify: method({
    summary: 'Recomputes the whole chain of hashes.',
    output: z.object({
      ok: z.boolean(),
      entries: z.number().int(),
      /** The newest entry's hash: note it elsewhere to prove later that nothing was cut off. */
      headHash: z.string().optional(),
      /** The first entry that does not fit, and why. */
      firstBad: z.object({ seq: z.number().int(), reason: z.string() }).optional(),
    }),
    progress: z.object({ checked: z.number().int(), total: z.number().int() }),
  }),
};
