import type { z } from 'zod';
import { facetSchema } from './facet';
import { keyRefSchema, keyUsageSchema, type KeyUsage } from './key';

/** What one key was asked for its last use. */
export const keyUsageReadingSchema = keyRefSchema.extend({ usage: facetSchema(keyUsageSchema) });
export type KeyUsageReading = z.infer<typeof keyUsageReadingSchema>;

/**
 * The three readings of GetKeyLastUsage: used; not once since it was created; unknown, for a key
 * that is older than AWS's records and has no use in them. The last is never shown as "unused".
 */
export function lastUseOf({
  lastUsedAt,
  trackedSince,
  createdAt,
}: KeyUsage): { kind: 'used'; at: string } | { kind: 'never' } | { kind: 'unknown' } {
  if (lastUsedAt !== undefined) return { kind: 'used', at: lastUsedAt };
  if (trackedSince === undefined || createdAt === undefined) return { kind: 'unknown' };
  return Date.parse(createdAt) >= Date.parse(trackedSince)
    ? { kind: 'never' }
    : { kind: 'unknown' };
}
