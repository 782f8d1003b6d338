import { z } from 'zod';

/** One question to AWS, or one look at an endpoint: what makes an answer evidence. */
export const evidenceCallSchema = z.object({
  /** `kms:GetKeyPolicy`, `TLS scan`. */
  operation: z.string(),
  region: z.string().optional(),
  requestId: z.string().optional(),
  asOf: z.string().optional(),
  /** Why there is no answer: an error code and its sentence. */
  error: z.string().optional(),
});
export type EvidenceCall = z.infer<typeof evidenceCallSchema>;

/**
 * What was asked, when, by whom, and what came back: of one thing. Secrets are out. Its SHA-256 is
 * over the canonical JSON of this document, and is in the journal (docs/readiness.md).
 */
export const evidenceDocumentSchema = z.object({
  /** `keys practice/eu-central-1/1234abcd-...`: source and thing. */
  id: z.string(),
  source: z.string(),
  connection: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  /** The ARN that the calls were made as; absent where nobody could say it, or no account was asked. */
  principal: z.string().optional(),
  calls: z.array(evidenceCallSchema),
  /** What came back, shortened to what counts. */
  facts: z.json(),
});
export type EvidenceDocument = z.infer<typeof evidenceDocumentSchema>;
