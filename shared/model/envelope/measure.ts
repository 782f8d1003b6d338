import { z } from 'zod';
import { keyRefSchema } from '../key';
import { kmsPrices } from '../kmsPrices';

/** Ways to encrypt many records, measured beside each other. */
export const wayIds = ['direct', 'envelope', 'cached'] as const;
export type WayId = (typeof wayIds)[number];

export const measureInputSchema = z.object({
  key: keyRefSchema,
  recordBytes: z
    .number()
    .int()
    .min(1)
    .max(1024 * 1024),
  /** Records of each way; the more, the steadier the figures, and the more calls. */
  records: z.number().int().min(10).max(2000),
  /** A cached data key is replaced after so many records or seconds. */
  cacheRecords: z.number().int().min(1).max(1_000_000),
  cacheSeconds: z.number().int().min(1).max(86_400),
  /** How many records a second the workload has: the share of the quota is told for it. */
  recordsPerSecond: z.number().positive().max(10_000_000),
});
export type MeasureInput = z.output<typeof measureInputSchema>;

/** What is measured where the operator says nothing else. */
export const measureDefaults = {
  recordBytes: 512,
  records: 200,
  cacheRecords: 100,
  cacheSeconds: 300,
  recordsPerSecond: 100,
} as const;

export const wayResultSchema = z.object({
  way: z.enum(wayIds),
  /** Why it was not measured: a record too large for KMS, for instance. */
  notMeasured: z.string().optional(),
  records: z.number().int(),
  /** Requests to KMS that were made for them. */
  calls: z.number().int(),
  /** Milliseconds for one record. */
  medianMs: z.number(),
  p95Ms: z.number(),
  p99Ms: z.number(),
  /** Requests a second at the workload's rate, and their share of AWS's quota in percent. */
  callsPerSecond: z.number(),
  quotaPercent: z.number(),
  /** US dollars for the KMS requests of a million records. */
  dollarsPerMillion: z.number(),
});
export type WayResult = z.infer<typeof wayResultSchema>;

export const measureResultSchema = z.object({
  input: z.unknown(),
  at: z.string(),
  region: z.string(),
  /** AWS's default quota of symmetric requests a second in this Region. */
  quotaPerSecond: z.number(),
  ways: z.array(wayResultSchema),
  advice: z.array(z.string()),
  price: z.object({ dollarsPer10000: z.number(), asOf: z.string(), source: z.string() }),
});
export type MeasureResult = z.infer<typeof measureResultSchema>;

/** Requests to KMS for `records` records under one data key for at most n records or t seconds. */
export function cachedCallsPerSecond(
  recordsPerSecond: number,
  { cacheRecords, cacheSeconds }: { readonly cacheRecords: number; readonly cacheSeconds: number },
): number {
  // Whichever limit comes first replaces the key; a workload slower than one record in t seconds never reuses it.
  const byRecords = recordsPerSecond / cacheRecords;
  const byTime = Math.min(recordsPerSecond, 1 / cacheSeconds);
  return Math.max(byRecords, byTime);
}

export function dollarsPerMillion(callsPerRecord: number): number {
  return callsPerRecord * 100 * kmsPrices.dollarsPer10000;
}

/** What the figures mean for the workload: one sentence each, the most important first. */
export function adviceFor(
  input: Pick<MeasureInput, 'recordsPerSecond' | 'cacheRecords' | 'cacheSeconds' | 'recordBytes'>,
  ways: readonly WayResult[],
): string[] {
  const of = (way: WayId) => ways.find((each) => each.way === way && !each.notMeasured);
  const [direct, envelope, cached] = [of('direct'), of('envelope'), of('cached')];
  const advice: string[] = [];
  const oneCall = envelope ?? direct;
  if (!direct) {
    advice.push('KMS encrypts at most 4,096 bytes itself: larger records need an envelope.');
  }
  if (oneCall && oneCall.quotaPercent > 100) {
    advice.push(
      `One KMS request a record needs ${percent(oneCall.quotaPercent)} of the quota at ${input.recordsPerSecond} records a second: KMS would throttle it. Cache the data key, or encrypt records together.`,
    );
  } else if (oneCall && oneCall.quotaPercent > 10) {
    advice.push(
      `One KMS request a record takes ${percent(oneCall.quotaPercent)} of the quota that all workloads of the account share in this Region. Cache the data key.`,
    );
  } else if (oneCall) {
    advice.push(
      `One KMS request a record takes ${percent(oneCall.quotaPercent)} of the quota: a data key for each record is affordable, and it is the safest.`,
    );
  }
  if (cached && oneCall && cached.dollarsPerMillion < oneCall.dollarsPerMillion) {
    advice.push(
      `A cached data key saves ${dollars(oneCall.dollarsPerMillion - cached.dollarsPerMillion)} a million records. In exchange one data key that leaks opens up to ${input.cacheRecords} records, and CloudTrail shows the key's use once for all of them.`,
    );
  }
  return advice;
}

function percent(value: number): string {
  return value < 0.1 ? 'under 0.1 %' : `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

function dollars(value: number): string {
  return `$${value.toFixed(2)}`;
}
