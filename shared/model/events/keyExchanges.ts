import type { z } from 'zod';
import type { EventRow } from './event';
import type { keyExchangeUseSchema } from './findings';

export type KeyExchangeUse = z.infer<typeof keyExchangeUseSchema>;

/** Hybrid groups hold against a quantum computer; a name that is not known here counts as classical. */
const postQuantum = /MLKEM|KYBER/i;

/**
 * Callers by how they agree on TLS keys with AWS: a role or user, and the worst that it was seen to
 * do. Events that do not say prove nothing. Source: CloudTrail user guide, "tlsDetails.keyExchange".
 */
export function keyExchangeUses(events: Iterable<EventRow>): KeyExchangeUse[] {
  const callers = new Map<string, Seen>();
  for (const row of events) {
    // Calls that AWS makes to itself are no connections of the customer's.
    if (row.type === 'AwsServiceEvent' || row.ip === 'AWS Internal') continue;
    const name = row.role ?? row.callerArn ?? row.caller;
    const seen: Seen = callers.get(name) ?? {
      row,
      exchanges: new Map(),
      versions: new Map(),
      calls: 0,
      last: row.at,
    };
    callers.set(name, seen);
    seen.calls += 1;
    if (row.at > seen.last) seen.last = row.at;
    count(seen.exchanges, row.keyExchange);
    count(seen.versions, row.tlsVersion);
  }
  return [...callers.values()]
    .map(useOf)
    .sort((a, b) => order.indexOf(a.reading) - order.indexOf(b.reading) || b.calls - a.calls);
}

interface Seen {
  readonly row: EventRow;
  readonly exchanges: Map<string, number>;
  readonly versions: Map<string, number>;
  calls: number;
  last: string;
}

const order: readonly KeyExchangeUse['reading'][] = ['classical', 'unknown', 'post-quantum'];

function useOf({ row, exchanges, versions, calls, last }: Seen): KeyExchangeUse {
  const names = [...exchanges.keys()];
  const reading =
    names.length === 0
      ? 'unknown'
      : names.every((name) => postQuantum.test(name))
        ? 'post-quantum'
        : 'classical';
  return {
    caller: row.role === undefined ? row.caller : row.role.slice(row.role.lastIndexOf('/') + 1),
    ...(row.role !== undefined && { role: row.role }),
    reading,
    exchanges: listed(exchanges),
    versions: listed(versions),
    calls,
    last,
  };
}

function count(counts: Map<string, number>, name: string | undefined): void {
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function listed(counts: ReadonlyMap<string, number>): { name: string; count: number }[] {
  return [...counts].map(([name, n]) => ({ name, count: n })).sort((a, b) => b.count - a.count);
}
