import type { ScanProgress } from './store';

/** `12 of 40 endpoints scanned`. */
export function scanWords({ done, expected }: ScanProgress): string {
  if (expected === 0) return 'Scanning';
  return `${done.toLocaleString('en')} of ${expected.toLocaleString('en')} scanned`;
}

/** How far a scan is, 0 to 1; undefined while nothing is known of it. */
export function scanShare(scan: ScanProgress | undefined): number | undefined {
  return scan && scan.expected > 0 ? scan.done / scan.expected : undefined;
}

/** `a.example, b.example and 6 more`: who is being asked now. */
export function runningWords(running: readonly string[], shown = 4): string {
  if (running.length === 0) return '';
  const more = running.length - shown;
  const names = running.slice(0, shown).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}
