import { z } from 'zod';
import { verdictSchema } from '../verdict';

/** One question about the log of an account and Region, and what AWS was asked for its answer. */
export const trailCheckSchema = z.object({
  /** `trail-on`, `kms-not-excluded`, `alarm-key-deletion`: stable. */
  id: z.string(),
  question: z.string(),
  verdict: verdictSchema,
  evidence: z.array(
    z.object({
      operation: z.string(),
      region: z.string(),
      requestId: z.string().optional(),
      asOf: z.string(),
      /** What AWS said, shortened to what counts. */
      facts: z.record(z.string(), z.string()),
    }),
  ),
});
export type TrailCheck = z.infer<typeof trailCheckSchema>;

export const trailReportSchema = z.object({
  connection: z.string(),
  account: z.string().optional(),
  region: z.string(),
  asOf: z.string(),
  checks: z.array(trailCheckSchema),
});
export type TrailReport = z.infer<typeof trailReportSchema>;
