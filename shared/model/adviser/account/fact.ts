import { z } from 'zod';

/** What can be said of an account for a scenario. */
export const factIds = [
  'keys',
  'multi-region',
  'buckets',
  'databases',
  'backups',
  'endpoints',
  'certificates',
  'log',
  'log-groups',
  'drills',
] as const;
export type FactId = (typeof factIds)[number];

/** What the chosen accounts have already, as it was last read: no verdict, which the checks give. */
export const accountFactSchema = z.object({
  id: z.enum(factIds),
  title: z.string(),
  /** What is there, as a sentence; absent where nothing of it could be told. */
  text: z.string().optional(),
  /** Accounts and Regions that it is about. */
  scope: z.string(),
  /** The oldest answer that it rests on. */
  asOf: z.string().optional(),
  /** What could not be told, and why, a sentence each. */
  missing: z.array(z.string()),
  /** Where in the window the things themselves are. */
  link: z.object({ to: z.string(), label: z.string() }),
});
export type AccountFact = z.infer<typeof accountFactSchema>;

/** Things that were found, with how well they are known. */
export interface Gathered<T> {
  readonly things: readonly T[];
  /** Lists that were read; without one, nothing can be told. */
  readonly lists: number;
  readonly scope: string;
  readonly asOf?: string | undefined;
  readonly missing: readonly string[];
}

/** A fact about things: what `words` says of them, unless not one list was read. */
export function factOf<T>(
  facts: Pick<AccountFact, 'id' | 'title' | 'link'>,
  gathered: Gathered<T>,
  words: (things: readonly T[]) => string,
): AccountFact {
  const { things, lists, scope, asOf, missing } = gathered;
  return {
    ...facts,
    scope,
    missing: [...missing],
    ...(lists > 0 && { text: words(things) }),
    ...(asOf !== undefined && { asOf }),
  };
}

/** A source that was never read. */
export const neverRead: Gathered<never> = {
  things: [],
  lists: 0,
  scope: 'Nothing was read yet',
  missing: ['It was not read yet: run the checks.'],
};

/** `eu-west-1, us-east-1: not read yet.`: places that share a reason, together. */
export function missingWords(
  parts: readonly { readonly place: string; readonly why: string }[],
): string[] {
  const byReason = new Map<string, string[]>();
  for (const { place, why } of parts) {
    byReason.set(why, [...(byReason.get(why) ?? []), place]);
  }
  return [...byReason].map(([why, places]) => `${places.join(', ')}: ${why}`);
}

/** Why a place has no answer where nobody has asked it yet. */
export const notReadYet = 'not read yet.';

/** `1 bucket`, `1,234 buckets`. */
export function some(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** `There is 1 key`, `There are 24 keys`. */
export function there(count: number, one: string): string {
  return `There ${count === 1 ? 'is' : 'are'} ${some(count, one)}`;
}

/** The number of things for which it is so, and of those for which nobody can say it. */
export function split<T>(
  things: readonly T[],
  ask: (thing: T) => boolean | undefined,
): { readonly yes: number; readonly unknown: string } {
  const answers = things.map(ask);
  const unknown = answers.filter((answer) => answer === undefined).length;
  return {
    yes: answers.filter((answer) => answer === true).length,
    unknown: unknown === 0 ? '' : ` (${unknown.toLocaleString('en')} cannot be told)`,
  };
}

export function oldestOf(times: readonly (string | undefined)[]): string | undefined {
  return times.flatMap((time) => time ?? []).toSorted()[0];
}

/** `Practice: eu-central-1, us-east-1`, for each account. */
export function scopeOf(
  places: readonly { readonly name: string; readonly region?: string }[],
): string {
  const byName = new Map<string, Set<string>>();
  for (const { name, region } of places) {
    const regions = byName.get(name) ?? new Set();
    if (region !== undefined) regions.add(region);
    byName.set(name, regions);
  }
  const words = [...byName].map(([name, regions]) =>
    regions.size === 0 ? name : `${name}: ${[...regions].join(', ')}`,
  );
  return words.join('; ') || 'No account is chosen';
}
