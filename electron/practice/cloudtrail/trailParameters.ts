import { writtenDate } from './event';

/** What CloudTrail's own calls are recorded with: AWS's camelCase names; null where there is nothing. */
export function trailParameters(input: object): object | null {
  const written = convert('', input) as object;
  return Object.keys(written).length > 0 ? written : null;
}

const times = new Set(['StartTime', 'EndTime']);

function convert(name: string, value: unknown): unknown {
  if (value instanceof Date) return writtenDate(value);
  if (times.has(name) && typeof value === 'number') return writtenDate(new Date(value * 1000));
  if (Array.isArray(value)) return value.map((item) => convert('', item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([member, one]) => [
        member.charAt(0).toLowerCase() + member.slice(1),
        convert(member, one),
      ]),
  );
}
