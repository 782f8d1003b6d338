import { z } from 'zod';
import { failureCauseSchema } from './event';

/** Failures of one cause, one caller and one thing that the encryption context names. */
export const triageGroupSchema = z.object({
  id: z.string(),
  cause: failureCauseSchema,
  /** A sentence: what happened. */
  summary: z.string(),
  /** What to do next. */
  next: z.string(),
  caller: z.string(),
  role: z.string().optional(),
  key: z.string().optional(),
  /** `bucket invoices`, `table orders`, `volume vol-0abc`: what the encryption context names. */
  about: z.string().optional(),
  /** For a denial: what said no, as AWS's text tells: `key policy`, `identity policy`, `explicit deny`, ... */
  deniedBy: z.string().optional(),
  names: z.array(z.string()),
  count: z.number().int(),
  first: z.string(),
  last: z.string(),
  /** Of the last seven days beside the seven before; `new` where there was none before. */
  trend: z.enum(['rising', 'falling', 'steady', 'new', 'over']),
  account: z.string(),
  region: z.string(),
  /** Up to five event ids to look at. */
  examples: z.array(z.string()),
});
export type TriageGroup = z.infer<typeof triageGroupSchema>;

export const alertKinds = ['change', 'unusual'] as const;

/** Something that a person should look at: a dangerous change, or a use that is not as usual. */
export const alertSchema = z.object({
  id: z.string(),
  kind: z.enum(alertKinds),
  /** The rule's stable name: `key-deletion-scheduled`, `new-network`. */
  rule: z.string(),
  severity: z.enum(['high', 'medium', 'low']),
  title: z.string(),
  /** Why this is told, in words and numbers. */
  reason: z.string(),
  at: z.string(),
  account: z.string(),
  region: z.string(),
  caller: z.string(),
  key: z.string().optional(),
  events: z.array(z.string()).max(20),
  /** More of the same after the first. */
  count: z.number().int(),
  acknowledged: z.object({ at: z.string(), by: z.string(), note: z.string() }).optional(),
  /** For a changed policy: who gained and who lost what. */
  policyChange: z
    .object({
      gained: z.array(z.string()),
      lost: z.array(z.string()),
      before: z.string().optional(),
      after: z.string(),
    })
    .optional(),
});
export type Alert = z.infer<typeof alertSchema>;
