import { z } from 'zod';
import { readingSchema } from '../evidence';
import { backupsSchema } from './backups';

const tagsSchema = z.record(z.string(), z.string());
/** Absent where AWS does not say: no "no". */
const encryptedSchema = z.boolean().optional();

export const volumeSchema = z.object({
  id: z.string(),
  encrypted: encryptedSchema,
  keyId: z.string().optional(),
  state: z.string(),
  sizeGiB: z.number().optional(),
  createdAt: z.string().optional(),
  tags: tagsSchema,
});

export const snapshotSchema = z.object({
  id: z.string(),
  volumeId: z.string().optional(),
  encrypted: encryptedSchema,
  keyId: z.string().optional(),
  startedAt: z.string().optional(),
  tags: tagsSchema,
});

/** EC2's volumes, their snapshots, and what new volumes get. */
export const volumesSchema = z.object({
  encryptionByDefault: readingSchema(z.boolean()),
  /** `alias/aws/ebs` where none was set. */
  defaultKey: readingSchema(z.string()),
  volumes: readingSchema(z.array(volumeSchema)),
  /** The account's own. */
  snapshots: readingSchema(z.array(snapshotSchema)),
});

export const databaseSchema = z.object({
  arn: z.string(),
  id: z.string(),
  engine: z.string(),
  encrypted: encryptedSchema,
  /** Absent where AWS owns the key. */
  keyId: z.string().optional(),
  /** The cluster that an instance belongs to: its storage is the cluster's. */
  cluster: z.string().optional(),
  /** Of a read replica, the database that it follows. */
  replicaOf: z.string().optional(),
  /** The authority of its server certificate: `rds-ca-rsa2048-g1`. */
  authority: z.string().optional(),
  certificateEndsAt: z.string().optional(),
  backupDays: z.number().optional(),
  deletionProtection: z.boolean().optional(),
  tags: tagsSchema,
});

/** RDS and what speaks its API: Aurora, Neptune, DocumentDB. */
export const databasesSchema = z.object({
  instances: readingSchema(z.array(databaseSchema)),
  clusters: readingSchema(z.array(databaseSchema)),
});

/** DescribeTable; which key it is that AWS owns, AWS does not say. */
export const tableSchema = z.object({
  arn: z.string(),
  status: z.string(),
  /** `aws-owned` is what DynamoDB takes where nothing was set: KMS has no record of its use. */
  key: z.enum(['aws-owned', 'kms', 'unknown']),
  keyId: z.string().optional(),
  deletionProtection: z.boolean().optional(),
});
export const tableReadingSchema = z.object({
  name: z.string(),
  table: readingSchema(tableSchema),
});

/** Of a secret never its value: only how it is kept. */
export const secretSchema = z.object({
  arn: z.string(),
  name: z.string(),
  /** Absent: the AWS managed key `alias/aws/secretsmanager`. */
  keyId: z.string().optional(),
  rotates: z.boolean(),
  rotationDays: z.number().optional(),
  /** By when AWS will have rotated it; past: it has not. */
  nextRotationAt: z.string().optional(),
  rotatedAt: z.string().optional(),
  changedAt: z.string().optional(),
  usedAt: z.string().optional(),
  /** Of one that is to be deleted. */
  deletedAt: z.string().optional(),
  /** The AWS service that it belongs to. */
  owner: z.string().optional(),
  tags: tagsSchema,
});

export const certificateSchema = z.object({
  arn: z.string(),
  domain: z.string(),
  names: z.array(z.string()),
  /** `AMAZON_ISSUED`, `IMPORTED`, `PRIVATE`. */
  type: z.string(),
  /** `ISSUED`, `EXPIRED`, `PENDING_VALIDATION`, ... */
  status: z.string(),
  /** Lower-case hex digits. */
  serial: z.string().optional(),
  /** `CN=www.example.com`, and the issuer by its name alone: `Amazon`. */
  subject: z.string().optional(),
  issuer: z.string().optional(),
  keyAlgorithm: z.string().optional(),
  signatureAlgorithm: z.string().optional(),
  startsAt: z.string().optional(),
  /** Absent while it is not issued yet. */
  endsAt: z.string().optional(),
  /** Whether ACM renews it by itself. */
  renews: z.boolean().optional(),
  /** How the present renewal goes: `PENDING_VALIDATION`. */
  renewal: z.string().optional(),
  usedBy: z.array(z.string()),
  /** It was taken out of ACM at least once: where it is used then, AWS does not know. */
  exported: z.boolean().optional(),
  validation: z.array(
    z.object({ domain: z.string(), method: z.string().optional(), status: z.string().optional() }),
  ),
});
/** A certificate of ACM's list; where it was not described, why. */
export const certificateReadingSchema = z.object({
  arn: z.string(),
  domain: z.string(),
  certificate: readingSchema(certificateSchema),
});

/** Without a key CloudWatch Logs encrypts with keys of its own. */
export const logGroupSchema = z.object({
  arn: z.string(),
  name: z.string(),
  keyId: z.string().optional(),
  /** Absent: kept for ever. */
  retentionDays: z.number().optional(),
});

/** What one Region of an account says of its data at rest and its certificates. */
export const regionPostureSchema = z.object({
  region: z.string(),
  volumes: volumesSchema,
  databases: databasesSchema,
  tables: readingSchema(z.array(tableReadingSchema)),
  secrets: readingSchema(z.array(secretSchema)),
  certificates: readingSchema(z.array(certificateReadingSchema)),
  logGroups: readingSchema(z.array(logGroupSchema)),
  backups: backupsSchema,
});
export type RegionPosture = z.infer<typeof regionPostureSchema>;
export type Volume = z.infer<typeof volumeSchema>;
export type Snapshot = z.infer<typeof snapshotSchema>;
export type Database = z.infer<typeof databaseSchema>;
export type Table = z.infer<typeof tableSchema>;
export type Secret = z.infer<typeof secretSchema>;
export type Certificate = z.infer<typeof certificateSchema>;
export type LogGroup = z.infer<typeof logGroupSchema>;
