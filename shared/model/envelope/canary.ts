import { z } from 'zod';
import { errorInfoSchema } from '../errors';
import { keyRefSchema, type KeyRef } from '../key';
import { proofSchema } from './jobs';

/** A small envelope that is kept to prove later that a key still opens what it sealed. */
export const canarySchema = z.object({
  id: z.string(),
  key: keyRefSchema,
  keyArn: z.string(),
  keyMaterialId: z.string().optional(),
  /** SHA-256 of the plaintext, hex. The plaintext itself is kept nowhere. */
  plaintextSha256: z.string(),
  created: z.string(),
  /** What it is for, in the operator's words. */
  note: z.string(),
  /** Made by this program, or an envelope of the operator's that was registered. */
  origin: z.enum(['made', 'registered']),
  /** Of the envelope that is kept in the database. */
  bytes: z.number().int(),
  /** The last time that it was opened, or that it did not open. */
  last: z
    .object({
      at: z.string(),
      opened: z.boolean(),
      keyMaterialId: z.string().optional(),
      requestId: z.string().optional(),
      error: errorInfoSchema.optional(),
    })
    .optional(),
});
export type Canary = z.infer<typeof canarySchema>;

/** Whether a canary is of a key, which either may name by id or by ARN. */
export function isCanaryOf({ key }: Canary, other: KeyRef): boolean {
  const id = (keyId: string) => keyId.split('/').at(-1);
  return (
    key.connection === other.connection &&
    key.region === other.region &&
    id(key.keyId) === id(other.keyId)
  );
}

export const canaryProofSchema = z.object({ canary: canarySchema, proof: proofSchema });
