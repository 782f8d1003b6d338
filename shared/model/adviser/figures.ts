import type { LatencyRange } from './latency';

/** Figures of an estimate for people: three digits are more than it is worth. */

/** `0.01`, `5`, `500`, `1.31 billion`. */
export function countWords(value: number): string {
  if (value >= 1e9) return `${threeDigits(value / 1e9)} billion`;
  if (value >= 1e6) return `${threeDigits(value / 1e6)} million`;
  return threeDigits(value);
}

/** `$0`, `under $0.01`, `$0.79`, `$3,942`. */
export function dollarWords(value: number): string {
  if (value > 0 && value < 0.01) return 'under $0.01';
  const digits = value < 100 && !Number.isInteger(value) ? 2 : 0;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `$${value.toLocaleString('en', options)}`;
}

/** `0.5 %`, `under 0.1 %`. */
export function percentWords(value: number): string {
  return value > 0 && value < 0.1 ? 'under 0.1 %' : `${threeDigits(value)} %`;
}

/** `under a second`, `10 s`, `14 min`, `2.8 h`, `12 days`. */
export function durationWords(seconds: number): string {
  if (seconds === 0) return 'no time';
  if (seconds < 1) return 'under a second';
  if (seconds < 120) return `${threeDigits(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${threeDigits(seconds / 3600)} h`;
  return `${threeDigits(seconds / 86_400)} days`;
}

/** `23 to 300 ms`, `under 1 ms`. */
export function latencyWords({ fromMs, toMs }: LatencyRange): string {
  if (toMs <= 1) return `under ${toMs === 1 ? '1' : threeDigits(toMs)} ms`;
  return `${threeDigits(fromMs)} to ${threeDigits(toMs)} ms`;
}

function threeDigits(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
