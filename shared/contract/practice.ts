import { z } from 'zod';
import { method } from './define';

/** What a fault does to the requests that it meets. */
export const faultKinds = ['deny', 'throttle', 'time-out', 'server-error', 'cut'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault is known by operation, Region and kind: switched on twice, it is there once. */
export const faultRefSchema = z.object({
  /** `kms:DescribeKey`; `kms:*` for a whole service, `*` for every request. */
  operation: z
    .string()
    .max(100)
    .regex(/^(\*|[a-z0-9]+:(\*|[A-Za-z0-9]+))$/, 'An operation is like kms:DescribeKey or kms:*.'),
  /** Only there; in every Region where absent. */
  region: z
    .string()
    .max(40)
    .regex(/^[a-z0-9-]+$/, 'A Region is like eu-central-1.')
    .optional(),
  kind: z.enum(faultKinds),
});
export type FaultRef = z.infer<typeof faultRefSchema>;

export const faultSchema = faultRefSchema.extend({
  /** It hits every nth request that it meets; 1 is each. */
  every: z.number().int().min(1).max(1000),
});
export type Fault = z.infer<typeof faultSchema>;

/** A fault that is switched on, and what it has done since. */
export const activeFaultSchema = faultSchema.extend({
  /** Requests it was meant for, and how many of them it hit. */
  met: z.number().int(),
  hit: z.number().int(),
});
export type ActiveFault = z.infer<typeof activeFaultSchema>;

/** `as-aws`: AWS's request quotas; `none`: no limit; `storm`: other workloads use up nearly all of them. */
export const quotaModes = ['none', 'as-aws', 'storm'] as const;
export const quotaModeSchema = z.enum(quotaModes);
export type QuotaMode = z.infer<typeof quotaModeSchema>;

export const practiceSeeds = ['empty', 'company', 'large'] as const;
export type PracticeSeed = (typeof practiceSeeds)[number];

export const practiceStatusSchema = z.object({
  endpoint: z.string(),
  accountId: z.string(),
  /** The account's own time, ISO 8601 UTC; everything in it is dated by it. */
  now: z.string(),
  /** What it began with, if that is known. */
  seed: z.string().optional(),
  quotas: quotaModeSchema,
  faults: z.array(activeFaultSchema),
  /** Where it is meant to be used, and where it has keys. */
  regions: z.array(z.object({ id: z.string(), keys: z.number().int() })),
  /** What a fault can be aimed at: `kms:CreateKey` and so on. */
  operations: z.array(z.string()),
});
export type PracticeStatus = z.infer<typeof practiceStatusSchema>;

export const requestOutcomes = ['ok', 'denied', 'throttled', 'failed', 'unanswered'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** One request that the practice account got. Nothing of what was encrypted or decrypted is in it. */
export const practiceRequestSchema = z.object({
  /** Counts from 1 for as long as the account runs. */
  seq: z.number().int(),
  /** When it came, by the account's clock. */
  at: z.string(),
  requestId: z.string(),
  /** `kms:Decrypt`; `unknown` where the request did not say. */
  operation: z.string(),
  region: z.string().optional(),
  /** The key as the request names it: id, ARN or alias. */
  key: z.string().optional(),
  /** Whose access key signed it; absent where the signature was refused. */
  principal: z.string().optional(),
  outcome: z.enum(requestOutcomes),
  /** HTTP status; absent where there was no answer. */
  status: z.number().int().optional(),
  /** AWS's error code and text. */
  error: z.string().optional(),
  message: z.string().optional(),
  /** The fault that made it end so. */
  fault: z.enum(faultKinds).optional(),
  durationMs: z.number(),
  userAgent: z.string().optional(),
});
export type PracticeRequest = z.infer<typeof practiceRequestSchema>;

/** Requests travel in parts of at most this many; of a burst beyond it only the newest are told. */
export const maxRequestsPerPart = 500;

/** ISO 8601, forward only: `P30D`, `P1Y`, `PT12H`. */
const duration = z
  .string()
  .max(40)
  .regex(/^P(?=\d|T\d)[0-9YMWDTHS]+$/, 'A duration is like P30D, P1Y or PT12H.');

export const practice = {
  status: method({
    summary: 'The practice account: clock, Regions, quotas, faults.',
    output: practiceStatusSchema,
  }),
  moveClock: method({
    summary: 'Moves the practice account’s clock forward, by a duration or to a time.',
    input: z.union([
      z.strictObject({ by: duration }),
      z.strictObject({ to: z.iso.datetime({ offset: true }) }),
    ]),
    output: z.object({ now: z.string() }),
    action: true,
  }),
  setQuotas: method({
    summary: 'Sets which request quotas the practice account keeps.',
    input: z.object({ mode: quotaModeSchema }),
    action: true,
  }),
  setFault: method({
    summary: 'Switches a fault on; one of the same operation, Region and kind is replaced.',
    input: faultSchema,
    action: true,
  }),
  clearFaults: method({
    summary: 'Switches one fault off, or all of them.',
    input: z.object({ only: faultRefSchema.optional() }),
    action: true,
  }),
  mfaCode: method({
    summary: 'The present code of an MFA device of the practice account, for rehearsals.',
    input: z.object({ serial: z.string().max(300) }),
    output: z.object({ code: z.string() }),
  }),
  reset: method({
    summary:
      'Empties the practice account, or makes it anew from a seed; its clock, quotas and faults too.',
    input: z.object({ seed: z.enum(practiceSeeds) }),
    action: true,
  }),
  watchRequests: method({
    summary: 'Stays open and reports the requests that the practice account gets, until cancelled.',
    input: z.object({
      /** The last request that is known already, and the run of the account that it is of. */
      after: z.number().int().min(0),
      run: z.string().max(100).optional(),
    }),
    progress: z.object({
      requests: z.array(practiceRequestSchema).max(maxRequestsPerPart),
      /** How many came in between that are not told. */
      skipped: z.number().int(),
      /** Names the run of the account: another one counts from 1 again. */
      run: z.string(),
    }),
  }),
};
