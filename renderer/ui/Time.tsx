import { useUi } from './environment';
import { Tooltip } from './Tooltip';

export type TimePrecision = 'date' | 'minute' | 'second';

/**
 * A point in time in the zone the operator chose (UTC or this machine's), with the exact time in
 * both zones on hover. `iso` is ISO 8601; what cannot be read as a time shows as it is.
 */
export function Time({
  iso,
  precision = 'minute',
  zone = false,
  bare = false,
}: {
  iso: string;
  precision?: TimePrecision | undefined;
  /** Appends the zone, where no header says it. */
  zone?: boolean | undefined;
  /** No tooltip, for table cells by the thousand; the full time is in `title` then. */
  bare?: boolean | undefined;
}) {
  const { timeZone } = useUi();
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return <span>{iso}</span>;
  const text = formatTime(at, timeZone, precision);
  const full = `${at.toISOString()}, local ${formatTime(at, 'local', 'second')} ${localOffset(at)}`;
  const shown = zone ? `${text} ${timeZone === 'utc' ? 'UTC' : localOffset(at)}` : text;
  const element = (
    <time dateTime={at.toISOString()} className="whitespace-nowrap">
      {shown}
    </time>
  );
  if (bare) {
    return (
      <time dateTime={at.toISOString()} title={full} className="whitespace-nowrap">
        {shown}
      </time>
    );
  }
  return <Tooltip label={full}>{element}</Tooltip>;
}

/** `2026-11-23 15:04:05` in UTC or this machine's zone, as far as the precision says. */
export function formatTime(at: Date, zone: 'utc' | 'local', precision: TimePrecision): string {
  const shifted =
    zone === 'utc' ? at : new Date(at.getTime() - at.getTimezoneOffset() * millisecondsPerMinute);
  const text = shifted.toISOString().replace('T', ' ');
  const cut = text.indexOf('.');
  if (precision === 'date') return text.slice(0, cut - 9);
  return precision === 'minute' ? text.slice(0, cut - 3) : text.slice(0, cut);
}

/** This machine's distance from UTC at a time: `+01:00`. */
export function localOffset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
}

const millisecondsPerMinute = 60_000;
