import { UsageError } from '../../command';

/** Milliseconds since 1970 of an option's day or time; throws UsageError where it is none. */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const shaped = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const at = shaped ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new UsageError(`${text} is no time: write 2026-11-01 or 2026-11-01T12:00:00Z.`);
  }
  return at;
}
