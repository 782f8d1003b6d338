import { z } from 'zod';

/** How a call ended: a throttled one and a denied one are told apart from other failures. */
export const outcomes = ['ok', 'denied', 'throttled', 'failed'] as const;
export const outcomeSchema = z.enum(outcomes);
export type Outcome = (typeof outcomes)[number];

/** Why a call that uses a key failed, as far as AWS's error tells. */
export const failureCauses = [
  'wrong-key',
  'wrong-context-or-tampered',
  'wrong-signature',
  'disabled',
  'pending-deletion',
  'pending-import',
  'denied',
  'throttled',
  'key-store-away',
  'not-found',
  'other-state',
  'other',
] as const;
export const failureCauseSchema = z.enum(failureCauses);
export type FailureCause = (typeof failureCauses)[number];

/**
 * A CloudTrail event as a row shows it; the raw record is asked for by its id. What the record does
 * not say is absent. Source: CloudTrail user guide, "CloudTrail record contents"; KMS developer
 * guide, "Logging AWS KMS API calls".
 */
export const eventRowSchema = z.object({
  eventId: z.string(),
  /** ISO 8601 UTC, to the second. */
  at: z.string(),
  /** recipientAccountId. */
  account: z.string(),
  region: z.string(),
  /** `kms.amazonaws.com`. */
  source: z.string(),
  name: z.string(),
  readOnly: z.boolean(),
  outcome: outcomeSchema,
  error: z.string().optional(),
  message: z.string().optional(),
  cause: failureCauseSchema.optional(),
  /** ARNs of the KMS keys it names, resources first, then the request as the caller typed it. */
  keys: z.array(z.string()),
  keyMaterialId: z.string().optional(),
  /** Who called, in short: `Alice`, `payments-app/i-0abc`, `s3.amazonaws.com`. */
  caller: z.string(),
  callerArn: z.string().optional(),
  callerAccount: z.string().optional(),
  /** ARN of the role behind the session. */
  role: z.string().optional(),
  accessKeyId: z.string().optional(),
  mfa: z.boolean().optional(),
  /** userIdentity.invokedBy: the AWS service that called on someone's behalf. */
  service: z.string().optional(),
  ip: z.string().optional(),
  userAgent: z.string().optional(),
  encryptionContext: z.record(z.string(), z.string()),
  tlsVersion: z.string().optional(),
  keyExchange: z.string().optional(),
  /** `AwsApiCall`, `AwsServiceEvent`. */
  type: z.string(),
  /** A test of a permission (DryRun): it looks like a failure and is none. */
  dryRun: z.boolean(),
  /** Ties the copies of two accounts together. */
  sharedEventId: z.string().optional(),
  requestId: z.string().optional(),
});
export type EventRow = z.infer<typeof eventRowSchema>;

/** By what events can be filtered and counted. `context` are the encryption context's keys. */
export const eventFacets = [
  'name',
  'outcome',
  'cause',
  'error',
  'key',
  'caller',
  'role',
  'service',
  'source',
  'account',
  'region',
  'context',
  'ip',
  'keyExchange',
] as const;
export const eventFacetSchema = z.enum(eventFacets);
export type EventFacet = (typeof eventFacets)[number];
