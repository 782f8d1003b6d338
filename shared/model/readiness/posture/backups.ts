import { z } from 'zod';
import { readingSchema } from '../evidence';

/**
 * The newest recovery point of a resource in a vault that was made lately (`pointDays`) and can be
 * restored from; where there is none of these, the newest of all.
 */
const recoveryPointSchema = z.object({
  arn: z.string(),
  resource: z.string(),
  madeAt: z.string(),
  /** COMPLETED and AVAILABLE (of a continuous backup) are those to restore from. */
  status: z.string(),
  encrypted: z.boolean().optional(),
  keyId: z.string().optional(),
});
export type RecoveryPoint = z.infer<typeof recoveryPointSchema>;

/** How far back recovery points are asked for: a vault may hold hundreds of thousands. */
export const pointDays = 8;

/** Something that AWS Backup has backed up in the Region at any time, and keeps backups of. */
const protectedResourceSchema = z.object({
  arn: z.string(),
  /** `RDS`, `EBS`, `DynamoDB` */
  type: z.string(),
  lastBackupAt: z.string().optional(),
});
export type ProtectedResource = z.infer<typeof protectedResourceSchema>;

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
  /** Of the last days, one for each resource. */
  points: readingSchema(z.array(recoveryPointSchema)),
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

/** AWS Backup: where backups are kept, what makes them, and of what there are some. */
export const backupsSchema = z.object({
  vaults: readingSchema(z.array(vaultSchema)),
  plans: readingSchema(z.array(planReadingSchema)),
  resources: readingSchema(z.array(protectedResourceSchema)),
});
export type Backups = z.infer<typeof backupsSchema>;
export type Vault = z.infer<typeof vaultSchema>;
export type PlanRule = z.infer<typeof ruleSchema>;
