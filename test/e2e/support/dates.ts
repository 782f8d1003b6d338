/** A day so many days from today, as date fields take it: a fixed one would be over some day. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
