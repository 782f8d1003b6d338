import { z } from 'zod';
import { errorCodeSchema } from '../errors';
import { evidenceCallSchema } from './document';

/** One request to AWS, answered or refused; whose it was stands where the reading is kept. */
export const readingCallSchema = evidenceCallSchema.extend({
  region: z.string(),
  asOf: z.string(),
  /** What AWS asks for to answer it, `s3:GetEncryptionConfiguration`. */
  permission: z.string(),
});
export type ReadingCall = z.infer<typeof readingCallSchema>;

/** Why there is no answer: denied, throttled, unreachable and their kin. */
export const refusedSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  /** The missing one, where it was denied. */
  permission: z.string().optional(),
});

/**
 * A question to AWS with its answer, or with the reason why there is none, and every request that it
 * took: as `Asked` of the trail check, for lists that take several and in a form that can be stored.
 * A list is whole or refused, never cut short.
 */
export const readingSchema = <T extends z.ZodType>(answer: T) =>
  z.union([
    z.object({ calls: z.array(readingCallSchema), answer }),
    z.object({ calls: z.array(readingCallSchema), refused: refusedSchema }),
  ]);
export type Reading<T> =
  | { calls: ReadingCall[]; answer: T }
  | { calls: ReadingCall[]; refused: z.infer<typeof refusedSchema> };
