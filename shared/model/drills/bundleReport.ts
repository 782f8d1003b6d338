import { z } from 'zod';

export const bundleProblemSchema = z.object({ file: z.string(), why: z.string() });

/** What became of a bundle that was checked. */
export const bundleReportSchema = z.object({
  ok: z.boolean(),
  drill: z.string().optional(),
  plan: z.string().optional(),
  closedAt: z.string().optional(),
  result: z.string().optional(),
  /** On the practice account: no key of anybody was drilled. */
  practice: z.boolean().optional(),
  account: z.string().optional(),
  files: z.number().int(),
  /** SHA-256 of SHA256SUMS, hex: what signatures, addenda and the next drill name. */
  sumsSha256: z.string().optional(),
  previous: z.object({ drill: z.string(), sha256: z.string() }).optional(),
  signatures: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      algorithm: z.string(),
      fingerprint: z.string(),
    }),
  ),
  addenda: z.number().int(),
  problems: z.array(bundleProblemSchema),
});
export type BundleReport = z.infer<typeof bundleReportSchema>;
