/** Differences below this are the network's and the machine's own inaccuracy. */
const toleranceMs = 5 * 60_000;

/** A time that an account told, ISO 8601 UTC. */
export interface ToldTime {
  readonly connection: string;
  readonly asOf?: string | undefined;
}

/**
 * Learns from the `asOf` times of an account how far its clock is from this machine's: the practice
 * account's can be moved by months. Times that were just told (`live`) tell both ways; others may be
 * old, so they only tell of a clock that runs ahead. Gives the same map where nothing was learnt.
 */
export function noteClock(
  offsets: ReadonlyMap<string, number>,
  times: readonly ToldTime[],
  nowMs: number,
  live: boolean,
): ReadonlyMap<string, number> {
  const newest = new Map<string, number>();
  for (const { connection, asOf } of times) {
    const at = Date.parse(asOf ?? '');
    if (at > (newest.get(connection) ?? -Infinity)) newest.set(connection, at);
  }
  let changed: Map<string, number> | undefined;
  for (const [connection, at] of newest) {
    const before = clockOffset(offsets, connection);
    const measured = Math.abs(at - nowMs) < toleranceMs ? 0 : at - nowMs;
    const offset = live ? measured : Math.max(before, measured);
    if (offset === before || (offset !== 0 && Math.abs(offset - before) < toleranceMs)) continue;
    changed ??= new Map(offsets);
    changed.set(connection, offset);
  }
  return changed ?? offsets;
}

/** Milliseconds to add to this machine's time for the time of the account. */
export function clockOffset(offsets: ReadonlyMap<string, number>, connection: string): number {
  return offsets.get(connection) ?? 0;
}
