import { z } from 'zod';
import { errorInfoSchema } from '../errors';
import { keyRefSchema } from '../key';
import { envelopeFormats } from './formats';
import { encryptionContextSchema } from './context';

/** A file or folder of this machine that the operator picked or dropped; the page knows it by its id. */
export const sourceSchema = z.object({
  id: z.string().max(100),
  kind: z.enum(['file', 'folder']),
  name: z.string(),
  path: z.string(),
  /** Of a folder: of all files in it. */
  bytes: z.number(),
  /** Files: 1, or how many are in the folder. */
  files: z.number().int(),
  /** What it seems to be by its first bytes: an envelope of this format. */
  envelope: z.enum(envelopeFormats).optional(),
});
export type Source = z.infer<typeof sourceSchema>;

/** Where a Decrypt was sent and what came of it: the evidence that a key opened an envelope. */
export const keyUseSchema = z.object({
  /** The key's ARN, as KMS names it in its answer. */
  keyArn: z.string(),
  /** Which version of the key's material was used; absent where KMS does not say. */
  keyMaterialId: z.string().optional(),
  connection: z.string(),
  region: z.string(),
  requestId: z.string().optional(),
  /** In the account's clock, ISO 8601 UTC. */
  at: z.string(),
});
export type KeyUse = z.infer<typeof keyUseSchema>;

/** One key that a data key is sealed under, as the envelope names it. */
export const sealedUnderSchema = z.object({
  /** `aws-kms`, or the name of another provider that this program cannot ask. */
  provider: z.string(),
  /** The ARN; absent where the envelope does not say: KMS finds the key by the data key itself. */
  keyArn: z.string().optional(),
  account: z.string().optional(),
  region: z.string().optional(),
  multiRegion: z.boolean().optional(),
  keyMaterialId: z.string().optional(),
});
export type SealedUnder = z.infer<typeof sealedUnderSchema>;

/** What an envelope says of itself, read without any key: nothing of it is proved before it is opened. */
export const envelopeInfoSchema = z.object({
  format: z.enum(envelopeFormats),
  path: z.string(),
  /** Of the envelope's file. */
  bytes: z.number(),
  /** Of the content, where the envelope tells. */
  plaintextBytes: z.number().optional(),
  keys: z.array(sealedUnderSchema),
  /** Undefined where the envelope does not carry it: whoever opens it must know it. */
  context: encryptionContextSchema.optional(),
  /** `AES-256-GCM`, `0x0478 AES-256-GCM, HKDF-SHA512, key commitment`. */
  algorithm: z.string(),
  /** Key commitment: only one data key can open it. */
  committed: z.boolean(),
  signed: z.boolean(),
  frameBytes: z.number().optional(),
  /** ISO 8601 UTC; only where the envelope says it. */
  created: z.string().optional(),
  /** What is remarkable, one sentence each. */
  remarks: z.array(z.string()),
});
export type EnvelopeInfo = z.infer<typeof envelopeInfoSchema>;

export const itemStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

/** What became of one source of a batch. */
export const itemResultSchema = z.object({
  /** The source's id, and its name for people. */
  source: z.string(),
  name: z.string(),
  state: z.enum(itemStates),
  error: errorInfoSchema.optional(),
  /** Where the result lies; absent where nothing was written (verify only, failed). */
  path: z.string().optional(),
  format: z.enum(envelopeFormats).optional(),
  bytesIn: z.number().optional(),
  bytesOut: z.number().optional(),
  /** SHA-256 of the plaintext, hex; of an archive where a folder was packed. */
  plaintextSha256: z.string().optional(),
  /** SHA-256 of the envelope's file, hex. */
  envelopeSha256: z.string().optional(),
  /** The keys that sealed or opened it. */
  keys: z.array(keyUseSchema).optional(),
  /** Files in the archive. */
  files: z.number().int().optional(),
  ms: z.number().optional(),
  /** The source was removed; what was on the disk may still be found there (docs/envelopes.md). */
  sourceRemoved: z.boolean().optional(),
  /** What the operator should know although it is done, one sentence each. */
  remarks: z.array(z.string()).optional(),
});
export type ItemResult = z.infer<typeof itemResultSchema>;

export const batchProgressSchema = z.discriminatedUnion('kind', [
  /** Bytes of plaintext or envelope that were read, of all sources. */
  z.object({
    kind: z.literal('bytes'),
    done: z.number(),
    expected: z.number(),
    /** Bytes a second since the start, pauses left out. */
    perSecond: z.number(),
    /** Sources that are being worked on, with their own bytes. */
    running: z
      .array(z.object({ source: z.string(), done: z.number(), expected: z.number() }))
      .max(100),
  }),
  z.object({ kind: z.literal('item'), item: itemResultSchema }),
]);
export type BatchProgress = z.infer<typeof batchProgressSchema>;

export const batchResultSchema = z.object({
  done: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  bytes: z.number(),
  ms: z.number(),
});
export type BatchResult = z.infer<typeof batchResultSchema>;

const batch = {
  /** The caller's own name for the batch, by which `envelope.pause` finds it. */
  batch: z.string().min(1).max(100),
  sources: z.array(z.string().max(100)).min(1).max(100_000),
  /** Id of the folder that results are written to; beside each source where absent. */
  place: z.string().max(100).optional(),
  /** Name of the one result; made from the source's where absent. */
  name: z.string().min(1).max(255).optional(),
  /** Writes over a file that is there; otherwise that source fails. */
  replace: z.boolean().optional(),
  concurrency: z.number().int().min(1).max(32).optional(),
};

export const encryptInputSchema = z.object({
  ...batch,
  /** Any one of them opens it. The first makes the data key, the others seal it too. A simple envelope has one. */
  keys: z.array(keyRefSchema).min(1).max(10),
  /** Empty where absent. */
  context: encryptionContextSchema.optional(),
  /** `auto`, also where absent: simple for a file of up to 64 MiB and one key, else the AWS Encryption SDK's. */
  format: z.enum(['auto', ...envelopeFormats]).optional(),
  /** A folder becomes one archive, also where absent (nobody sees names and sizes of its files), or each file an envelope. */
  folders: z.enum(['archive', 'each-file']).optional(),
  /** The original name goes inside the encryption, and the envelope has a name that tells nothing. */
  hideNames: z.boolean().optional(),
  /** Removes each source once its envelope was written, read back and found to open. */
  removeSource: z.boolean().optional(),
});
export type EncryptInput = z.output<typeof encryptInputSchema>;

/** Which keys may open an envelope. */
const opening = {
  /** Only these keys; every key that the envelope names, in the chosen accounts, where absent. */
  keys: z.array(keyRefSchema).min(1).max(10).optional(),
  /** Pairs that the envelope's context must have; for a simple envelope without one, the whole context. */
  context: encryptionContextSchema.optional(),
};

export const decryptInputSchema = z.object({
  ...batch,
  ...opening,
  /** Opens and hashes; writes nothing. */
  verifyOnly: z.boolean().optional(),
  /** Unpacks an archive that this program made, also where absent. */
  unpack: z.boolean().optional(),
});
export type DecryptInput = z.output<typeof decryptInputSchema>;

export const rekeyInputSchema = z.object({
  ...batch,
  ...opening,
  /** The keys that shall open it from now on. */
  to: z.array(keyRefSchema).min(1).max(10),
  /** The new context; as it is where absent. */
  toContext: encryptionContextSchema.optional(),
});
export type RekeyInput = z.output<typeof rekeyInputSchema>;

export const proofSchema = z.object({
  path: z.string(),
  format: z.enum(envelopeFormats),
  plaintextSha256: z.string(),
  plaintextBytes: z.number(),
  /** The hash that it was compared with, and whether they are equal. */
  expectedSha256: z.string().optional(),
  equal: z.boolean().optional(),
  key: keyUseSchema,
  /** The key's present material; absent where it could not be told. */
  currentKeyMaterialId: z.string().optional(),
  /** Whether older material than the present one was used: proof that rotation keeps old data readable. */
  material: z.enum(['current', 'earlier', 'cannot-tell']),
  sentence: z.string(),
});
export type Proof = z.infer<typeof proofSchema>;
