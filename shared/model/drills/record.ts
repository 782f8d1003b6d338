import { z } from 'zod';
import { drillSchema } from './drill';
import { drillOutcomeSchema } from './outcome';

export const recordFormat = 'claviger-drill/1';

/** record.json of a bundle: the whole drill at its closing; signatures and addenda lie beside it. */
export const drillRecordSchema = drillSchema
  .omit({ signatures: true, addenda: true, sumsSha256: true })
  .extend({
    format: z.literal(recordFormat),
    outcome: drillOutcomeSchema,
    /** References of the frameworks, by step. */
    controls: z.record(z.string(), z.array(z.string())),
    /** How many entries timeline.jsonl has, and the hash of the last. */
    timeline: z.object({ entries: z.number().int(), head: z.string() }),
    /** Who must sign. */
    signers: z.array(z.string()),
  });
export type DrillRecord = z.infer<typeof drillRecordSchema>;
