import { z } from 'zod';

/** What Athena asks for scanned data. Source: AWS's price page of Athena; DDL statements cost nothing. */
export const athenaPrice = {
  usdPerTb: 5,
  /** A query costs at least as much as so many bytes. */
  leastBytes: 10_000_000,
  asOf: '2026-11',
} as const;

/**
 * What a query over so many bytes costs, in US dollars, as an estimate: in most Regions. A terabyte is
 * taken as 10^12 bytes, which is the dearer reading.
 */
export function athenaCostUsd(bytes: number): number {
  if (bytes === 0) return 0;
  return (Math.max(bytes, athenaPrice.leastBytes) / 1e12) * athenaPrice.usdPerTb;
}

/** `US$ 0.00005`: enough digits to be no zero. */
export function usdText(usd: number): string {
  return `US$ ${usd >= 0.01 || usd === 0 ? usd.toFixed(2) : usd.toPrecision(1)}`;
}

/** `1.4 GB`. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

export const athenaWorkGroupSchema = z.object({
  name: z.string(),
  /** `s3://bucket/prefix/`; absent where it has none, or could not be asked. */
  outputLocation: z.string().optional(),
  /** Its own settings win over what is asked for. */
  enforced: z.boolean(),
  /** A query that scans more is cut off. */
  bytesLimit: z.number().optional(),
});
export type AthenaWorkGroup = z.infer<typeof athenaWorkGroupSchema>;

/** What there is to choose from in an account and Region. */
export const athenaChoicesSchema = z.object({
  trails: z.array(
    z.object({
      name: z.string(),
      /** `s3://bucket/prefix`. */
      uri: z.string(),
      organization: z.boolean(),
      homeRegion: z.string(),
    }),
  ),
  workGroups: z.array(athenaWorkGroupSchema),
  /** What could not be asked, and which permission is missing. */
  problems: z.array(z.string()),
});
export type AthenaChoices = z.infer<typeof athenaChoicesSchema>;

export const athenaQuestionSchema = z.object({
  connection: z.string().max(200),
  /** Where the workgroup is, and the bucket. */
  region: z.string().max(40),
  uri: z.string().max(1200),
  since: z.string().max(40),
  until: z.string().max(40),
  workGroup: z.string().max(128),
  /** `s3://bucket/prefix/`, where the workgroup does not say it. */
  outputLocation: z.string().max(1200).optional(),
  /** ARN, id or alias of a key that events must name. */
  key: z.string().max(2048).optional(),
  names: z.array(z.string().max(100)).max(50).default([]),
  failuresOnly: z.boolean().default(false),
});
export type AthenaQuestion = z.infer<typeof athenaQuestionSchema>;

/** What a question would read and cost: shown before it is asked. */
export const athenaPlanSchema = z.object({
  /** Names the plan when it is run. */
  id: z.string(),
  /** `claviger.cloudtrail_1f9a...`. */
  table: z.string(),
  /** As they will run: database, table, query. */
  statements: z.array(z.string()),
  accounts: z.array(z.string()),
  regions: z.array(z.string()),
  /** Log files in the partitions asked for, and their size as they lie there. */
  objects: z.number().int(),
  bytes: z.number().int(),
  costUsd: z.number(),
  price: z.object({ usdPerTb: z.number(), asOf: z.string() }),
  workGroup: z.string(),
  outputLocation: z.string(),
  /** The workgroup's limit, where the query would go beyond it. */
  overLimit: z.number().optional(),
});
export type AthenaPlan = z.infer<typeof athenaPlanSchema>;
