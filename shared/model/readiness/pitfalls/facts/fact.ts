import { z } from 'zod';
import type { Reading } from '../../evidence';

/** Something that is so in these accounts, as a pitfall shows it beside its checks. */
export const pitfallFactSchema = z.object({
  label: z.string(),
  /** A sentence or a number with its scope. */
  value: z.string(),
  /** The things that it is about, the first 20. */
  things: z.array(z.string()),
  /** Things beyond these. */
  more: z.number().int(),
  /** Something could not be read: the fact is less than the whole. */
  untold: z.boolean(),
});
export type PitfallFact = z.infer<typeof pitfallFactSchema>;

const shownThings = 20;

export function fact(label: string, value: string, things: readonly string[] = []): PitfallFact {
  const shown = things.slice(0, shownThings);
  return { label, value, things: shown, more: things.length - shown.length, untold: false };
}

/** What could not be read, and why; each reason once. */
export function untoldFact(label: string, reasons: readonly string[]): PitfallFact[] {
  if (reasons.length === 0) return [];
  const value =
    reasons.length === 1 ? 'One reading is missing.' : `${reasons.length} readings are missing.`;
  return [{ ...fact(label, value, [...new Set(reasons)]), untold: true }];
}

export function notRead(label: string): PitfallFact[] {
  return [{ ...fact(label, 'Not read yet: run the checks.'), untold: true }];
}

/** What readings have told together, and the reasons of those that were refused. */
export function gathered<T>(readings: readonly Reading<T>[]): { told: T[]; untold: string[] } {
  return {
    told: readings.flatMap((one) => ('refused' in one ? [] : [one.answer])),
    untold: readings.flatMap((one) => ('refused' in one ? [one.refused.message] : [])),
  };
}
