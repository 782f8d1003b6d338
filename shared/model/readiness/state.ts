import { z } from 'zod';
import { verdictSchema, verdictValues } from '../verdict';
import { groupIds } from './groups';
import { itemSchema } from './item';
import { careSchema, waiverSchema } from './people';
import { sourceIds } from './sources';

const count = z.number().int().min(0);
export const verdictCountsSchema = z.object({
  fail: count,
  'cannot-tell': count,
  stale: count,
  pass: count,
  'not-applicable': count,
});

/** One check as it stands; question, remedy and the rest are in `shared/model/readiness/checks`. */
export const checkStateSchema = z.object({
  id: z.string(),
  verdict: verdictSchema,
  /** Its things, by verdict. */
  counts: verdictCountsSchema,
  /** Failing things that somebody has accepted: they are in `counts.fail` as well. */
  waived: count,
  /** The oldest answer that it rests on. */
  asOf: z.string().optional(),
  /** When a pass of it ends being one by age, this machine's clock. */
  freshUntil: z.string().optional(),
  /** What is recorded of the whole check. */
  care: careSchema.optional(),
});
export type CheckState = z.infer<typeof checkStateSchema>;

export const groupStateSchema = z.object({
  id: z.enum(groupIds),
  /** Passing checks of those that apply, in percent, rounded down; null where none applies. */
  score: z.number().int().nullable(),
  /** Its checks, by verdict. What cannot be told is no pass: it lowers the score. */
  counts: verdictCountsSchema,
});
export type GroupState = z.infer<typeof groupStateSchema>;

/** A verdict that is another than before. */
export const changeSchema = z.object({
  at: z.string(),
  check: z.string(),
  subject: z.string(),
  name: z.string(),
  /** Absent for a thing that was not there before. */
  from: z.enum(verdictValues).optional(),
  /** Absent for a thing that is gone. */
  to: z.enum(verdictValues).optional(),
});
export type Change = z.infer<typeof changeSchema>;

/** Something to do next, and why that first. */
export const stepSchema = z.object({
  /** The check that it settles; of a missing permission, the gravest of those it keeps from being told. */
  check: z.string(),
  title: z.string(),
  why: z.string(),
  /** Where a permission is what is missing. */
  permission: z.string().optional(),
});
export type Step = z.infer<typeof stepSchema>;

/** What was read, when, and what could not be. */
export const sourceStateSchema = z.object({
  source: z.enum(sourceIds),
  readAt: z.string().optional(),
  problem: z.string().optional(),
});

export const scopeSchema = z.object({
  connection: z.string(),
  name: z.string(),
  account: z.string().optional(),
  regions: z.array(z.string()),
});

export const readinessStateSchema = z.object({
  /** When it was judged; absent where nothing was judged yet. */
  evaluatedAt: z.string().optional(),
  /** Accounts and Regions that were read; every number here is about these and no others. */
  scope: z.array(scopeSchema),
  sources: z.array(sourceStateSchema),
  /** Checks by verdict. */
  counts: verdictCountsSchema,
  groups: z.array(groupStateSchema),
  checks: z.array(checkStateSchema),
  /** Changes of the last 24 hours, newest first, cut after 200. */
  changes: z.array(changeSchema),
  changesInAll: count,
  /** At most three. */
  next: z.array(stepSchema),
  /** SHA-256 over ids and hashes of all evidence documents; the journal has it too. */
  manifestSha256: z.string().optional(),
  /** A run or a re-evaluation is under way. */
  running: z.boolean(),
});
export type ReadinessState = z.infer<typeof readinessStateSchema>;

/** A thing in the list of a check. */
export const itemStateSchema = itemSchema.extend({
  care: careSchema.optional(),
  /** The waiver that covers it now, its own or the whole check's. */
  waiver: waiverSchema.optional(),
});
export type ItemState = z.infer<typeof itemStateSchema>;

/** One evaluation in the trend. */
export const trendPointSchema = z.object({
  at: z.string(),
  counts: verdictCountsSchema,
  groups: z.array(groupStateSchema),
});
export type TrendPoint = z.infer<typeof trendPointSchema>;
