import { UsageError } from './command';

/** A whole number within bounds, of a command's option. Throws UsageError. */
export function numberOf(
  option: string,
  given: string | undefined,
  [least, most]: readonly [number, number],
  usual: number,
): number {
  if (given === undefined) return usual;
  const value = /^\d{1,9}$/.test(given) ? Number(given) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${option} takes a whole number from ${least} to ${most}.`);
}
