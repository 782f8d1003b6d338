import { z } from 'zod';
import { readingSchema } from '../evidence';

/** What ListBackupVaults says of a vault; what it leaves out is no "no". */
export const vaultSchema = z.object({
  arn: z.string(),
  name: z.string(),
  /** An ARN, also of the key that AWS manages. */
  keyId: z.string().optional(),
  /** AWS owns the key: it is in no account's list. */
  awsOwned: z.boolean(),
  locked: z.boolean().optional(),
  minRetentionDays: z.number().optional(),
  /** When the lock becomes one that nobody can take off; absent where it never does. */
  lockDate: z.string().optional(),
  recoveryPoints: z.number().optional(),
});

/** A rule of a plan: when it backs up, and where to beside the plan's own vault. */
const ruleSchema = z.object({
  name: z.string(),
  vault: z.string(),
  /** ARNs of the vaults that each backup is copied to. */
  copies: z.array(z.string()),
});

export const planReadingSchema = z.object({
  arn: z.string(),
  id: z.string(),
  name: z.string(),
  rules: readingSchema(z.array(ruleSchema)),
  /** Names of the selections of resources that it backs up; none: it backs up nothing. */
  selections: readingSchema(z.array(z.string())),
});

/** AWS Backup: where backups are kept, and what makes them. */
export const backupsSchema = z.object({
  vaults: readingSchema(z.array(vaultSchema)),
  plans: readingSchema(z.array(planReadingSchema)),
});
export type Backups = z.infer<typeof backupsSchema>;
export type Vault = z.infer<typeof vaultSchema>;
export type PlanRule = z.infer<typeof ruleSchema>;
