import { UsageError } from '../../command';

/** Milliseconds since 1970 of an option's day or time; throws UsageError where it is none. */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const shaped = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const at = shaped ? Date.parse(text) : Number.NaN;
  // A day that the month does not have would be taken for one of the next month.
  const isDay = new Date(`${text.slice(0, 10)}T00:00:00Z`).toJSON()?.startsWith(text.slice(0, 10));
  if (Number.isNaN(at) || !isDay) {
    throw new UsageError(`${text} is no time: write 2026-11-01 or 2026-11-01T12:00:00Z.`);
  }
  return at;
}

/** The time that --since and --until name. Throws UsageError as timeOf, and where it ends before it begins. */
export function spanOf(options: { since?: string | undefined; until?: string | undefined }): {
  since: number | undefined;
  until: number | undefined;
} {
  const [since, until] = [timeOf(options.since), timeOf(options.until)];
  if (since !== undefined && until !== undefined && since > until) {
    throw new UsageError('--since is after --until: no event is of such a time.');
  }
  return { since, until };
}
