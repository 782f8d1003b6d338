import { z } from 'zod';
import { findingSchema } from './finding';
import { planSchema } from './plan';

const at = z.string();
const step = z.string().max(60);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Somebody who takes part, as known when the drill began: their key is known by its fingerprint. */
export const participantSchema = z.object({
  person: z.string(),
  name: z.string(),
  role: z.enum(['operator', 'approver', 'custodian']),
  algorithm: z.string(),
  /** SHA-256 of the public key (SPKI, DER), hex. */
  fingerprint: sha256,
  /** SPKI in PEM. */
  publicKey: z.string().max(5000),
});
export type Participant = z.infer<typeof participantSchema>;

/** One AWS call of a step: what makes a claim evidence. Never a plaintext, a ciphertext or a key. */
export const drillCallSchema = z.object({
  id: z.string(),
  /** `kms:Decrypt`. */
  operation: z.string(),
  connection: z.string(),
  region: z.string(),
  account: z.string().optional(),
  /** The ARN that it was made as. */
  principal: z.string().optional(),
  /** The key, or whatever else it was about. */
  resource: z.string().optional(),
  sentAt: at,
  answeredAt: at,
  requestId: z.string().optional(),
  outcome: z.enum(['ok', 'refused', 'failed']),
  /** AWS’s error code, or ours where AWS was not reached. */
  error: z.string().optional(),
  message: z.string().optional(),
  keyMaterialId: z.string().optional(),
  /** SHA-256 of what went in and came out, hex. */
  inputSha256: sha256.optional(),
  outputSha256: sha256.optional(),
  /** CloudTrail has no event of it: a call that AWS does not log as management event. */
  unlogged: z.boolean().optional(),
});
export type DrillCall = z.infer<typeof drillCallSchema>;

/** What a drill changes, and how it is taken back; enough to do so after a crash. */
export const changeKinds = [
  'create-key',
  'create-replica',
  'import-material',
  'delete-material',
  'rotate',
  'disable-key',
  'schedule-deletion',
  'move-primary',
  'create-bucket',
  'put-object',
] as const;
export const changeSchema = z.object({
  id: z.string(),
  kind: z.enum(changeKinds),
  connection: z.string(),
  region: z.string(),
  /** The key’s ARN, or `s3://bucket/key`; for a key that is not made yet, its tag. */
  target: z.string(),
  /** `Disable the drill key`. */
  words: z.string(),
  /** `Enable it`; absent where there is nothing to take back. */
  undoWords: z.string().optional(),
  /** It stays until everything is put back: a key or an object of the drill’s own. */
  lasting: z.boolean(),
});
export type Change = z.infer<typeof changeSchema>;

export const checkResults = ['pass', 'fail', 'cannot-tell'] as const;
export const stepOutcomes = [
  'passed',
  'failed',
  'cannot-tell',
  'skipped',
  'not-applicable',
] as const;
export const stepOutcomeSchema = z.enum(stepOutcomes);
export type StepOutcome = (typeof stepOutcomes)[number];

export const evidenceFileSchema = z.object({
  /** Its name in the bundle: `evidence/break-glass/photo.jpg`. */
  name: z.string().max(300),
  sha256,
  bytes: z.number().int().min(0),
  /** `attached` by a person, `collected` by Claviger. */
  by: z.enum(['attached', 'collected']),
});

export const signatureSchema = z.object({
  person: z.string(),
  name: z.string(),
  role: participantSchema.shape.role,
  algorithm: z.string(),
  fingerprint: sha256,
  /** Over the bytes of SHA256SUMS, base64. */
  signature: z.string().max(2000),
});

export const addendumSchema = z.object({
  number: z.number().int().positive(),
  at,
  person: z.string(),
  name: z.string(),
  fingerprint: sha256,
  algorithm: z.string(),
  text: z.string().min(1).max(20_000),
  /** SHA-256 of the file before it: SHA256SUMS for the first, then the addendum before. */
  previous: sha256,
});
export type Addendum = z.infer<typeof addendumSchema>;

/**
 * What happened in a drill, one entry after another; the drill is what they come to. Nothing is ever
 * taken out or changed. Times are ISO 8601 UTC by the account’s clock.
 */
export const drillEntrySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    at,
    drill: z.string(),
    plan: planSchema,
    practice: z.boolean(),
    account: z.string().optional(),
    /** The change ticket. */
    ticket: z.string().max(200).optional(),
    participants: z.array(participantSchema),
    /** The drill before it: the SHA-256 of its SHA256SUMS. */
    previous: z.object({ drill: z.string(), sha256 }).optional(),
    version: z.string(),
  }),
  z.object({ kind: z.literal('acknowledged'), at, person: z.string(), statement: z.string() }),
  z.object({ kind: z.literal('step-started'), at, step }),
  z.object({ kind: z.literal('call'), at, step, call: drillCallSchema }),
  z.object({
    kind: z.literal('check'),
    at,
    step,
    result: z.enum(checkResults),
    what: z.string(),
    reason: z.string(),
  }),
  z.object({ kind: z.literal('measured'), at, step, what: z.string(), seconds: z.number().min(0) }),
  z.object({
    kind: z.literal('fact'),
    at,
    step,
    name: z.string().max(100),
    value: z.string().max(2000),
  }),
  z.object({ kind: z.literal('change-planned'), at, step, change: changeSchema }),
  z.object({
    kind: z.literal('change-made'),
    at,
    change: z.string(),
    target: z.string(),
    requestId: z.string().optional(),
  }),
  z.object({ kind: z.literal('change-refused'), at, change: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('change-undone'), at, change: z.string(), how: z.string() }),
  z.object({
    kind: z.literal('note'),
    at,
    step,
    person: z.string(),
    text: z.string().min(1).max(20_000),
  }),
  z.object({ kind: z.literal('evidence'), at, step, file: evidenceFileSchema }),
  z.object({
    kind: z.literal('step-ended'),
    at,
    step,
    outcome: stepOutcomeSchema,
    reason: z.string().max(2000),
  }),
  z.object({ kind: z.literal('paused'), at, reason: z.string().max(500) }),
  z.object({ kind: z.literal('resumed'), at }),
  z.object({
    kind: z.literal('logged'),
    at,
    call: z.string(),
    eventId: z.string(),
    eventTime: at,
    sha256,
  }),
  z.object({ kind: z.literal('finding'), at, finding: findingSchema }),
  z.object({ kind: z.literal('closed'), at, sumsSha256: sha256 }),
  z.object({ kind: z.literal('signed'), at, signature: signatureSchema }),
  z.object({
    kind: z.literal('addendum'),
    at,
    addendum: addendumSchema,
    signature: z.string().max(2000),
  }),
]);
export type DrillEntry = z.infer<typeof drillEntrySchema>;
