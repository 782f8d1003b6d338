import { z } from 'zod';
import { errorInfoSchema } from './errors';

/**
 * A piece of data about a key together with how well it is known. Each piece comes from its own API
 * with its own permission, so each can be missing for its own reason (ground rule 1).
 */
export const facetSchema = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('status', [
    /** Not asked yet in this run. */
    z.object({ status: z.literal('pending') }),
    z.object({
      status: z.literal('known'),
      value,
      /** When the answer came, ISO 8601 UTC, in the account's clock. */
      asOf: z.string(),
      requestId: z.string().optional(),
    }),
    /** The API does not apply to this kind of key; `reason` is a sentence. */
    z.object({ status: z.literal('not-applicable'), reason: z.string() }),
    /** Asked and not told: denied, throttled, timed out, unreadable. */
    z.object({ status: z.literal('cannot-tell'), error: errorInfoSchema, asOf: z.string() }),
  ]);

export type Facet<T> =
  | { status: 'pending' }
  | { status: 'known'; value: T; asOf: string; requestId?: string | undefined }
  | { status: 'not-applicable'; reason: string }
  | { status: 'cannot-tell'; error: z.infer<typeof errorInfoSchema>; asOf: string };

/** The value if it is known, else undefined: for sorting and searching, never for a verdict. */
export function known<T>(facet: Facet<T>): T | undefined {
  return facet.status === 'known' ? facet.value : undefined;
}
