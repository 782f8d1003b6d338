import { AppError } from '../../../shared/model/errors';

/** A date as evidence keeps it. */
export function iso(date: Date | undefined): string | undefined {
  return date?.toISOString();
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}
export function tagsOf(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** A member that AWS always sends; throws AppError `bad-response` where it is missing. */
export function needed<T>(value: T | undefined | null, operation: string, member: string): T {
  if (value === undefined || value === null) {
    throw new AppError('bad-response', `The answer to ${operation} has no ${member}.`, {
      operation,
    });
  }
  return value;
}

/** An object without the members that are undefined: what was not said is not kept. */
export function said<T extends object>(facts: T): Said<T> {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  ) as Said<T>;
}
type Said<T> = {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
} & { [K in keyof T as undefined extends T[K] ? never : K]: T[K] };

/** Things that are asked one by one, of one list: so many at once. */
const atOnce = 8;

/** Runs `work` for each item, a few at a time, and gives the results in the items' order. */
export async function eachOf<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
