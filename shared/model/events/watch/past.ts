import { z } from 'zod';

/** What the key inventory remembers: a key's policy, who holds its grants, which key an alias leads to. */
export const pastParts = ['policy', 'grantees', 'alias'] as const;

export const pastSubjectSchema = z.object({
  part: z.enum(pastParts),
  account: z.string(),
  region: z.string(),
  /** A key's id, or an alias with its `alias/`. */
  subject: z.string(),
});
export type PastSubject = z.infer<typeof pastSubjectSchema>;

/** What readings of the inventory that followed each other told alike. */
export const pastReadingSchema = pastSubjectSchema.extend({
  /** The policy's text, a JSON list of principals, or a key's id. */
  value: z.string(),
  /** The first and the last of these readings, ISO 8601. */
  since: z.string(),
  until: z.string(),
});
export type PastReading = z.infer<typeof pastReadingSchema>;

/** The newest reading before a time, and when it surely was so. */
export interface PastValue {
  readonly value: string;
  readonly at: string;
}

export type Past = (subject: PastSubject, before: string) => PastValue | undefined;

/** Where no inventory is at hand. */
export const noPast: Past = () => undefined;

/** Answers from readings what the inventory last knew of something before an event. */
export function pastOf(readings: readonly PastReading[]): Past {
  const bySubject = new Map<string, PastReading[]>();
  for (const reading of readings) {
    const name = nameOf(reading);
    const same = bySubject.get(name);
    if (same) same.push(reading);
    else bySubject.set(name, [reading]);
  }
  return (subject, before) => {
    const time = Date.parse(before);
    const earlier = (bySubject.get(nameOf(subject)) ?? []).filter(
      ({ since }) => Date.parse(since) < time,
    );
    const last = earlier.toSorted((a, b) => (a.since < b.since ? -1 : 1)).at(-1);
    // A last reading after the event tells nothing of the time before it: then only the first does.
    return (
      last && { value: last.value, at: Date.parse(last.until) < time ? last.until : last.since }
    );
  };
}

function nameOf({ part, account, region, subject }: PastSubject): string {
  return `${part}|${account}|${region}|${subject}`;
}
