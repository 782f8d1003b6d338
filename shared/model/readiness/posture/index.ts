import { z } from 'zod';
import { readingSchema } from '../evidence';
import { bucketSchema, publicAccessBlockSchema } from './buckets';
import { identitiesSchema } from './identities';
import { regionPostureSchema } from './region';

/**
 * How one account keeps its data, its people and its certificates, as far as AWS was asked beyond KMS,
 * CloudTrail and TLS. Every part has its own reading: what one permission lacks, the others still tell.
 */
export const accountPostureSchema = z.object({
  connection: z.string(),
  connectionName: z.string(),
  /** The account's number and the ARN that was asked as; absent where STS did not say. */
  account: z.string().optional(),
  principal: z.string().optional(),
  /** When the reading ended, ISO 8601 UTC, in the account's clock. */
  asOf: z.string(),
  identities: identitiesSchema,
  /** Of all Regions. */
  buckets: readingSchema(z.array(bucketSchema)),
  /** What is blocked for all its buckets; null where that was never set. */
  publicAccessBlock: readingSchema(publicAccessBlockSchema.nullable()),
  /** The chosen ones. */
  regions: z.array(regionPostureSchema),
});
export type AccountPosture = z.infer<typeof accountPostureSchema>;
