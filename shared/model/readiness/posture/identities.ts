import { z } from 'zod';
import { readingSchema } from '../evidence';

const attachedSchema = z.object({ arn: z.string(), name: z.string() });
const inlineSchema = z.object({
  name: z.string(),
  /** JSON, as it was written. */
  document: z.string(),
});
const principalSchema = z.object({
  arn: z.string(),
  name: z.string(),
  createdAt: z.string().optional(),
  inline: z.array(inlineSchema),
  attached: z.array(attachedSchema),
});
/** What users and roles have and groups have not. */
const actorSchema = principalSchema.extend({
  /** The ARN of the policy that bounds what the others allow. */
  boundary: z.string().optional(),
  tags: z.record(z.string(), z.string()),
});

/** GetAccountAuthorizationDetails: who is there and what their policies say. */
export const authorizationSchema = z.object({
  users: z.array(actorSchema.extend({ groups: z.array(z.string()) })),
  groups: z.array(principalSchema),
  roles: z.array(
    actorSchema.extend({
      /** JSON. */
      trustPolicy: z.string(),
      /** AWS remembers some 400 days; absent where it was not used in them. */
      lastUsedAt: z.string().optional(),
    }),
  ),
  /** The account's own managed policies, and those of AWS that are attached to somebody. */
  policies: z.array(
    z.object({
      arn: z.string(),
      name: z.string(),
      /** The version in force. JSON. */
      document: z.string(),
      attachments: z.number(),
    }),
  ),
});

/** GetAccountSummary, as far as the account's root user goes. */
export const accountSummarySchema = z.object({
  rootHasMfa: z.boolean(),
  rootHasAccessKeys: z.boolean(),
  /** None where an organisation has taken the root user's credentials away; absent where AWS does not say. */
  rootHasPassword: z.boolean().optional(),
});
export type AccountSummary = z.infer<typeof accountSummarySchema>;

const accessKeySchema = z.object({
  active: z.boolean(),
  /** When it was made; AWS calls that "rotated". */
  madeAt: z.string().optional(),
  usedAt: z.string().optional(),
});

/** A line of the credential report; the account's root user is `<root_account>`. */
export const credentialSchema = z.object({
  user: z.string(),
  arn: z.string(),
  createdAt: z.string().optional(),
  /** Undefined where the report does not say, as of the root user. */
  password: z.boolean().optional(),
  passwordUsedAt: z.string().optional(),
  mfa: z.boolean(),
  accessKeys: z.array(accessKeySchema),
});

/** The credential report, of the time at which AWS made it: up to four hours ago. */
export const credentialReportSchema = z.object({
  madeAt: z.string(),
  users: z.array(credentialSchema),
});

/** A certificate that is kept in IAM, where no AWS service renews it. */
export const serverCertificateSchema = z.object({
  arn: z.string(),
  name: z.string(),
  uploadedAt: z.string().optional(),
  expiresAt: z.string(),
});

/** IAM, which is one for all Regions. */
export const identitiesSchema = z.object({
  authorization: readingSchema(authorizationSchema),
  summary: readingSchema(accountSummarySchema),
  credentials: readingSchema(credentialReportSchema),
  serverCertificates: readingSchema(z.array(serverCertificateSchema)),
});
export type Identities = z.infer<typeof identitiesSchema>;
export type Authorization = z.infer<typeof authorizationSchema>;
export type CredentialReport = z.infer<typeof credentialReportSchema>;
