import { z } from 'zod';
import { failureCauseSchema } from './event';
import { watchRuleIds } from './watch/rules';

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
export const severities = ['high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** Something that one principal may do, or may no longer do. */
export const policyEntrySchema = z.object({
  /** As the policy names it: an ARN, an account, a service, `*`. */
  principal: z.string(),
  /** `kms:decrypt`, `kms:*`, `everything but kms:decrypt`. */
  actions: z.array(z.string()),
  /** Allowed or forbidden by the statement. */
  effect: z.enum(['allow', 'deny']),
  /** The statement's conditions as JSON; absent where it has none. */
  conditions: z.string().optional(),
  /** Any principal of any account, and no condition narrows it. */
  everybody: z.boolean(),
  /** The account that it names, where it is not the key's. */
  otherAccount: z.string().optional(),
  /** Those of `Decrypt`, `CreateGrant`, `PutKeyPolicy`, `everything` that it covers. */
  powers: z.array(z.string()),
});
export type PolicyEntry = z.infer<typeof policyEntrySchema>;

/** Something that a person should look at: a dangerous change, or a use that is not as usual. */
export const alertSchema = z.object({
  /** The rule and its first event, or what it is about and the hour. */
  id: z.string(),
  kind: z.enum(alertKinds),
  /** The rule's stable name: `key-deletion-scheduled`, `new-network`. */
  rule: z.enum(watchRuleIds),
  severity: z.enum(severities),
  title: z.string(),
  /** Why this is told, in words and numbers. */
  reason: z.string(),
  at: z.string(),
  account: z.string(),
  region: z.string(),
  caller: z.string(),
  key: z.string().optional(),
  /** The first of its events. */
  events: z.array(z.string()).max(20),
  /** How many events there are in all. */
  count: z.number().int(),
  /** The change was taken back. */
  undone: z
    .object({ at: z.string(), by: z.string(), name: z.string(), eventId: z.string() })
    .optional(),
  acknowledged: z.object({ at: z.string(), by: z.string(), note: z.string() }).optional(),
  /** For a changed policy: who gained and who lost what, and both texts as far as they are known. */
  policyChange: z
    .object({
      gained: z.array(policyEntrySchema),
      lost: z.array(policyEntrySchema),
      before: z.string().optional(),
      /** What tells the policy before: the event that put it, or a reading of the inventory. */
      beforeFrom: z
        .object({
          kind: z.enum(['event', 'inventory']),
          at: z.string(),
          eventId: z.string().optional(),
        })
        .optional(),
      after: z.string(),
    })
    .optional(),
});
export type Alert = z.infer<typeof alertSchema>;
