import { z } from 'zod';
import { errorInfoSchema } from '../model/errors';
import { method } from './define';

/** One way into one account: the practice account, a profile of the AWS config files, or the environment. */
export const connectionSchema = z.object({
  /** `practice`, `environment` or `profile:NAME`. */
  id: z.string(),
  kind: z.enum(['practice', 'environment', 'profile']),
  /** For people: `Practice account`, the profile's name. */
  name: z.string(),
  /** How credentials are had: `static`, `sso`, `assume-role`, `process`, `web-identity`, `environment`, `practice`. */
  source: z.string(),
  /** One line of detail: role ARN, SSO start page, source profile. Never a secret. */
  sourceDetail: z.string().optional(),
  /** The profile's own `region`, if it has one. */
  defaultRegion: z.string().optional(),
  /** An own endpoint (`AWS_ENDPOINT_URL`, `endpoint_url`), if one is set. */
  endpointUrl: z.string().optional(),
  mfaSerial: z.string().optional(),
  /** Chosen by the operator for the inventory. */
  chosen: z.boolean(),
  /** The Regions chosen for it. */
  regions: z.array(z.string()),
  /** Why it cannot be used, if that is known without asking AWS. */
  problem: errorInfoSchema.optional(),
});
export type Connection = z.infer<typeof connectionSchema>;

/** Who AWS says we are: STS GetCallerIdentity. */
export const identitySchema = z.object({
  connection: z.string(),
  accountId: z.string(),
  arn: z.string(),
  userId: z.string(),
  asOf: z.string(),
});
export type Identity = z.infer<typeof identitySchema>;

export const accounts = {
  list: method({
    summary: 'The connections there are, read anew from the AWS config files; asks no network.',
    output: z.object({
      connections: z.array(connectionSchema),
      /** What is wrong with the config files themselves, as sentences. */
      problems: z.array(z.string()),
      configFiles: z.array(z.string()),
    }),
  }),
  identify: method({
    summary: 'Asks STS who a connection is. May ask for an MFA code through app.watch.',
    input: z.object({ connection: z.string() }),
    output: identitySchema,
  }),
  regions: method({
    summary: 'The Regions in which KMS is offered in the partition of a connection.',
    input: z.object({ connection: z.string() }),
    output: z.object({ regions: z.array(z.object({ id: z.string(), name: z.string() })) }),
  }),
  choose: method({
    summary: 'Sets which connections and Regions the inventory covers.',
    input: z.object({
      chosen: z
        .array(z.object({ connection: z.string(), regions: z.array(z.string()).min(1).max(60) }))
        .max(200),
    }),
    action: true,
  }),
  answerMfa: method({
    summary: 'Answers an `mfa-needed` event with the six digits, or with null to give up.',
    input: z.object({
      promptId: z.string(),
      code: z
        .string()
        .regex(/^\d{6}$/, 'An MFA code is six digits.')
        .nullable(),
    }),
  }),
};
