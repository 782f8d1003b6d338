/** The steps that are one press away. */
export const steps = [
  { by: 'P1D', label: '+1 day', words: '1 day' },
  { by: 'P30D', label: '+30 days', words: '30 days' },
  { by: 'P90D', label: '+90 days', words: '90 days' },
  { by: 'P1Y', label: '+1 year', words: '1 year' },
] as const;

const dayMs = 86_400_000;

/** How a clock stands to this machine's: `30 days ahead of this machine`. */
export function aheadWords(offsetMs: number): string {
  const ms = Math.abs(offsetMs);
  const side = offsetMs > 0 ? 'ahead of' : 'behind';
  if (ms < 60_000) return 'As this machine’s clock';
  if (ms < 2 * 3_600_000) return `${Math.round(ms / 60_000)} minutes ${side} this machine`;
  if (ms < 2 * dayMs) return `${Math.round(ms / 3_600_000)} hours ${side} this machine`;
  return `${Math.round(ms / dayMs).toLocaleString('en')} days ${side} this machine`;
}

/** Reads `2027-12-31` or `2027-12-31 09:00` as UTC; an error says what is wrong with it. */
export function parseDate(text: string, nowMs: number): { to: string } | { error: string } {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::\d{2})?(?: ?UTC|Z)?)?$/.exec(
    text.trim(),
  );
  const at = new Date(match ? `${match[1]}T${match[2] ?? '00:00'}:00Z` : Number.NaN);
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(match?.[1] ?? '')) {
    return { error: 'A date is like 2027-12-31, a time like 2027-12-31 09:00 (UTC).' };
  }
  if (at.getTime() <= nowMs) return { error: 'That is past on the practice account’s clock.' };
  return { to: at.toISOString() };
}
