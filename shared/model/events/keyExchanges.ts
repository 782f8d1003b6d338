import { z } from 'zod';
import type { EventRow } from './event';

const counted = z.array(z.object({ name: z.string(), count: z.number().int() }));

/** One caller by how it agrees on TLS keys with AWS. */
export const keyExchangeUseSchema = z.object({
  caller: z.string(),
  role: z.string().optional(),
  account: z.string().optional(),
  /**
   * `post-quantum` where every known call used a hybrid group, `mixed` where some did, `classical` where
   * none did, `unknown` where no event tells.
   */
  reading: z.enum(['classical', 'mixed', 'unknown', 'post-quantum']),
  exchanges: counted,
  versions: counted,
  calls: z.number().int(),
  /** Of these calls: with a hybrid group, without one, and where the event does not say. */
  postQuantum: z.number().int(),
  classical: z.number().int(),
  untold: z.number().int(),
  last: z.string(),
});
export type KeyExchangeUse = z.infer<typeof keyExchangeUseSchema>;

/** The same words for a reading in the window, in CSV and on the command line. */
export const readingWords: Readonly<Record<KeyExchangeUse['reading'], string>> = {
  classical: 'Classical only',
  mixed: 'Both',
  unknown: 'Not told',
  'post-quantum': 'Post-quantum',
};

/** Hybrid groups hold against a quantum computer; a name that is not known here counts as classical. */
const hybrid = /MLKEM|KYBER/i;

export function isPostQuantum(exchange: string): boolean {
  return hybrid.test(exchange);
}

/**
 * Callers by how they agree on TLS keys with AWS: by role, or by user where there is none; who is not
 * safe from a quantum computer first. Events that do not say prove nothing. Source: CloudTrail user
 * guide, "tlsDetails.keyExchange".
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

const order: readonly KeyExchangeUse['reading'][] = [
  'classical',
  'mixed',
  'unknown',
  'post-quantum',
];

function useOf({ row, exchanges, versions, calls, last }: Seen): KeyExchangeUse {
  let postQuantum = 0;
  let classical = 0;
  for (const [name, n] of exchanges) {
    if (isPostQuantum(name)) postQuantum += n;
    else classical += n;
  }
  return {
    caller: row.role === undefined ? row.caller : row.role.slice(row.role.lastIndexOf('/') + 1),
    ...(row.role !== undefined && { role: row.role }),
    ...(row.callerAccount !== undefined && { account: row.callerAccount }),
    reading: readingOf(postQuantum, classical),
    exchanges: listed(exchanges),
    versions: listed(versions),
    calls,
    postQuantum,
    classical,
    untold: calls - postQuantum - classical,
    last,
  };
}

function readingOf(postQuantum: number, classical: number): KeyExchangeUse['reading'] {
  if (postQuantum > 0) return classical > 0 ? 'mixed' : 'post-quantum';
  return classical > 0 ? 'classical' : 'unknown';
}

function count(counts: Map<string, number>, name: string | undefined): void {
  if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function listed(counts: ReadonlyMap<string, number>): { name: string; count: number }[] {
  return [...counts].map(([name, n]) => ({ name, count: n })).sort((a, b) => b.count - a.count);
}
