import { z } from 'zod';

/** What was forgotten because it was older than events are kept. */
export const retainedSchema = z.object({
  events: z.number().int(),
  /** Log files of which nothing is left. */
  files: z.number().int(),
  /** By which events.db shrank. */
  bytes: z.number().int(),
});
export type Retained = z.infer<typeof retainedSchema>;

/** What the stored events take. */
export const eventStorageSchema = z.object({
  bytes: z.number().int(),
  events: z.number().int(),
  files: z.number().int(),
  oldest: z.string().optional(),
  newest: z.string().optional(),
  /** Events that would go if so many days were kept. */
  older: z.number().int(),
});
export type EventStorage = z.infer<typeof eventStorageSchema>;

/** From when on events are kept; undefined for ever. */
export function keptFrom(days: number | null, now: Date): Date | undefined {
  return days === null ? undefined : new Date(now.getTime() - days * 86_400_000);
}
