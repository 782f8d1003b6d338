import { z } from 'zod';
import { readingSchema } from '../evidence';

/** How new objects are encrypted; every bucket has a default since 2023, SSE-S3 where none was set. */
export const bucketEncryptionSchema = z.object({
  /** `AES256` (keys of S3), `aws:kms`, `aws:kms:dsse`; as AWS names it. */
  algorithm: z.string(),
  /** As it was set: an id, an ARN or an alias; absent with `aws:kms` means the key `alias/aws/s3`. */
  keyId: z.string().optional(),
  /** One data key for many objects; absent where AWS does not say. */
  bucketKey: z.boolean().optional(),
});

export const publicAccessBlockSchema = z.object({
  blockPublicAcls: z.boolean(),
  ignorePublicAcls: z.boolean(),
  blockPublicPolicy: z.boolean(),
  restrictPublicBuckets: z.boolean(),
});

/** A grant of an ACL to people outside the account. */
const publicGrantSchema = z.object({
  /** `AllUsers`: everybody; `AuthenticatedUsers`: whoever has an AWS account. */
  group: z.enum(['AllUsers', 'AuthenticatedUsers']),
  /** `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`, `FULL_CONTROL`. */
  permission: z.string(),
});
export type PublicGrant = z.infer<typeof publicGrantSchema>;
export type PublicAccessBlock = z.infer<typeof publicAccessBlockSchema>;

export const bucketSchema = z.object({
  name: z.string(),
  /** Where it lies; absent where nobody could say it. */
  region: z.string().optional(),
  createdAt: z.string().optional(),
  encryption: readingSchema(bucketEncryptionSchema),
  versioning: readingSchema(
    z.object({ status: z.enum(['enabled', 'suspended', 'never']), mfaDelete: z.boolean() }),
  ),
  /** JSON; null where it has none. */
  policy: readingSchema(z.string().nullable()),
  /** Whether AWS takes its policy for public; false where it has none. */
  policyIsPublic: readingSchema(z.boolean()),
  /** Null where the bucket has none of its own; the account may still have one. */
  publicAccessBlock: readingSchema(publicAccessBlockSchema.nullable()),
  /** What its access control list allows to groups of everybody; the ACLs of objects are not read. */
  publicGrants: readingSchema(z.array(publicGrantSchema)),
  tags: readingSchema(z.record(z.string(), z.string())),
});
export type Bucket = z.infer<typeof bucketSchema>;
