import { z } from 'zod';
import { facetSchema } from './facet';

/** Dates cross the boundary as ISO 8601 UTC strings. */
export const isoDateSchema = z.string();

/** Which key, on which connection: the name by which both sides speak of a row. */
export const keyRefSchema = z.object({
  /** A connection's id: `practice`, `environment` or `profile:NAME`. */
  connection: z.string(),
  region: z.string(),
  keyId: z.string(),
});
export type KeyRef = z.infer<typeof keyRefSchema>;

/** `practice/eu-central-1/1234abcd-...`: a KeyRef as one string, for URLs and maps. */
export function keyRefString(ref: KeyRef): string {
  return `${ref.connection}/${ref.region}/${ref.keyId}`;
}

/** The part of AWS's KeyMetadata that the inventory shows; values are AWS's own words. */
export const keyMetadataSchema = z.object({
  description: z.string(),
  keyState: z.string(),
  keyUsage: z.string(),
  keySpec: z.string(),
  /** AWS (managed by AWS) or CUSTOMER. */
  keyManager: z.string(),
  /** AWS_KMS, EXTERNAL, AWS_CLOUDHSM or EXTERNAL_KEY_STORE. */
  origin: z.string(),
  creationDate: isoDateSchema,
  deletionDate: isoDateSchema.optional(),
  pendingDeletionWindowInDays: z.number().optional(),
  /** Imported material: when it expires, if it does. */
  validTo: isoDateSchema.optional(),
  expirationModel: z.string().optional(),
  currentKeyMaterialId: z.string().optional(),
  customKeyStoreId: z.string().optional(),
  multiRegion: z
    .object({
      type: z.enum(['PRIMARY', 'REPLICA']),
      primaryRegion: z.string(),
      replicaRegions: z.array(z.string()),
    })
    .optional(),
});
export type KeyMetadata = z.infer<typeof keyMetadataSchema>;

/** GetKeyRotationStatus, for the kinds of key that have one. */
export const rotationStatusSchema = z.object({
  enabled: z.boolean(),
  periodDays: z.number().optional(),
  nextRotationDate: isoDateSchema.optional(),
  /** Set only while an on-demand rotation is in progress. */
  onDemandStartDate: isoDateSchema.optional(),
});
export type RotationStatus = z.infer<typeof rotationStatusSchema>;

/** ListKeyRotations, added up. */
export const rotationSummarySchema = z.object({
  count: z.number(),
  lastRotationDate: isoDateSchema.optional(),
  lastRotationType: z.string().optional(),
  /** ON_DEMAND entries; AWS allows 25 in a key's life. */
  onDemandUsed: z.number(),
});
export type RotationSummary = z.infer<typeof rotationSummarySchema>;

/** What a key policy grants beyond the account itself, as far as its text tells. */
export const policySummarySchema = z.object({
  /** Sids (or `#n`) of Allow statements open to every principal with no narrowing condition. */
  publicStatements: z.array(z.string()),
  /** Account ids other than the key's that an Allow statement names. */
  otherAccounts: z.array(z.string()),
  /**
   * What opens it to principals whose accounts the text does not tell: `aws:PrincipalOrgID o-example1234`;
   * absent in rows of older versions.
   */
  narrowedBy: z.array(z.string()).optional(),
  /** False when the account's root has no `kms:*`: nobody but the named principals can repair it. */
  rootHasFullAccess: z.boolean(),
  /** Principals beside the account's root that may do everything; absent in rows of older versions. */
  fullAccess: z.array(z.string()).optional(),
  /** Principals beside the account's root that may both administer the key and use it. */
  adminAndUse: z.array(z.string()).optional(),
  /** Whether a statement has a condition on the encryption context; absent in rows of older versions. */
  namesContext: z.boolean().optional(),
  /** SHA-256 of the policy's text, hex: tells that it changed where the summary stays the same. */
  textSha256: z.string().optional(),
});
export type PolicySummary = z.infer<typeof policySummarySchema>;

/** ListGrants, added up. */
export const grantSummarySchema = z.object({
  count: z.number(),
  /** Accounts other than the key's whose principals hold a grant; absent in rows of older versions. */
  otherAccounts: z.array(z.string()).optional(),
  /** Who may pass the grant on to others (CreateGrant), AWS services left out. */
  passedOnBy: z.array(z.string()).optional(),
});
export type GrantSummary = z.infer<typeof grantSummarySchema>;

/** What changed on a key since the snapshot before. */
export const keyChangeSchema = z.object({
  kind: z.enum(['new', 'changed', 'gone']),
  /** What changed, in words of the table: `state: Enabled -> PendingDeletion`. */
  what: z.array(z.string()),
  /** The `asOf` of the snapshot it was compared with. */
  since: isoDateSchema,
});
export type KeyChange = z.infer<typeof keyChangeSchema>;

/** One row of the inventory: one key in one Region as one connection sees it. */
export const keyRowSchema = keyRefSchema.extend({
  accountId: z.string(),
  arn: z.string(),
  metadata: facetSchema(keyMetadataSchema),
  aliases: facetSchema(z.array(z.string())),
  tags: facetSchema(z.record(z.string(), z.string())),
  rotation: facetSchema(rotationStatusSchema),
  history: facetSchema(rotationSummarySchema),
  policy: facetSchema(policySummarySchema),
  grants: facetSchema(grantSummarySchema),
  change: keyChangeSchema.optional(),
});
export type KeyRow = z.infer<typeof keyRowSchema>;

/** One version of a key's material, from ListKeyRotations with ALL_KEY_MATERIAL. */
export const keyMaterialSchema = z.object({
  keyMaterialId: z.string().optional(),
  state: z.string().optional(),
  importState: z.string().optional(),
  description: z.string().optional(),
  expirationModel: z.string().optional(),
  validTo: isoDateSchema.optional(),
  rotationDate: isoDateSchema.optional(),
  rotationType: z.string().optional(),
});
export type KeyMaterial = z.infer<typeof keyMaterialSchema>;

export const grantSchema = z.object({
  grantId: z.string(),
  name: z.string().optional(),
  granteePrincipal: z.string().optional(),
  retiringPrincipal: z.string().optional(),
  issuingAccount: z.string().optional(),
  operations: z.array(z.string()),
  constraints: z.string().optional(),
  creationDate: isoDateSchema.optional(),
});
export type Grant = z.infer<typeof grantSchema>;

/** One API answer behind a row: which call, when, its request id and its body as JSON text. */
export const evidenceSchema = z.object({
  operation: z.string(),
  requestId: z.string().optional(),
  asOf: isoDateSchema,
  json: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** GetKeyLastUsage: AWS counts successful cryptographic operations only, and may be an hour behind. */
export const keyUsageSchema = z.object({
  lastUsedAt: isoDateSchema.optional(),
  /** `Decrypt`. */
  operation: z.string().optional(),
  /** In CloudTrail. */
  eventId: z.string().optional(),
  /** Since when AWS keeps track; what was before is not known. */
  trackedSince: isoDateSchema.optional(),
  createdAt: isoDateSchema.optional(),
});
export type KeyUsage = z.infer<typeof keyUsageSchema>;

/** Everything the drawer shows of one key. */
export const keyDetailSchema = z.object({
  row: keyRowSchema,
  materials: facetSchema(z.array(keyMaterialSchema)),
  policyText: facetSchema(z.string()),
  grantList: facetSchema(z.array(grantSchema)),
  /** GetKeyLastUsage. */
  usage: facetSchema(keyUsageSchema),
  evidence: z.array(evidenceSchema),
});
export type KeyDetail = z.infer<typeof keyDetailSchema>;

/** How far the inventory of one Region of one connection got. */
export const scopeReportSchema = z.object({
  connection: z.string(),
  connectionName: z.string(),
  accountId: z.string().optional(),
  region: z.string(),
  keys: z.number(),
  /** When this Region was last read through, in the account's clock. */
  asOf: isoDateSchema.optional(),
  state: z.enum(['waiting', 'running', 'complete', 'partial', 'failed', 'cancelled']),
  /** Why it failed, or what is missing from every row of it (one entry an API). */
  problems: z.array(
    z.object({
      operation: z.string(),
      code: z.string(),
      message: z.string(),
      permission: z.string().optional(),
      keys: z.number(),
    }),
  ),
});
export type ScopeReport = z.infer<typeof scopeReportSchema>;
