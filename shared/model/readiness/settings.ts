import { z } from 'zod';
import { maxTrusted, trustedSchema } from './trusted';

/** What an organisation may set of the checklist; docs/readiness.md. */
export const readinessSettingsSchema = z.object({
  /** The longest rotation period that is in order, in days. */
  maxRotationPeriodDays: z.number().int().min(90).max(2560).default(365),
  /** Imported material that expires sooner is a finding. */
  expiryWarningDays: z.number().int().min(1).max(365).default(30),
  /** Accounts outside the scope that may be let in, and organisations: `o-example1234`. */
  trustedAccounts: z.array(trustedSchema).max(maxTrusted).default([]),
});
export type ReadinessSettings = z.infer<typeof readinessSettingsSchema>;
