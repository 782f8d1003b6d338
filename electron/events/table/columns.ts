import type { EventFacet } from '../../../shared/model/events/event';

/**
 * The columns of the event table whose values repeat: each value is stored once and an event holds
 * its number. 0 stands for "the record does not say".
 */
export const wordColumns = [
  'source',
  'name',
  'account',
  'region',
  'outcome',
  'error',
  'message',
  'cause',
  'key',
  'otherKey',
  'caller',
  'callerArn',
  'callerAccount',
  'role',
  'service',
  'accessKeyId',
  'ip',
  'userAgent',
  'context',
  'tlsVersion',
  'keyExchange',
  'type',
] as const;
export type WordColumn = (typeof wordColumns)[number];

/** Columns of numbers: seconds since 1970; flags; the file and the place in it where the record lies. */
export const numberColumns = ['at', 'flags', 'file', 'place'] as const;
export type NumberColumn = (typeof numberColumns)[number];

export const flag = { readOnly: 1, dryRun: 2, mfaKnown: 4, mfa: 8 } as const;

/** The columns that a facet counts. `context` is counted by the names in it. */
export const facetColumns: Readonly<Record<EventFacet, readonly WordColumn[]>> = {
  name: ['name'],
  outcome: ['outcome'],
  cause: ['cause'],
  error: ['error'],
  key: ['key', 'otherKey'],
  caller: ['caller'],
  role: ['role'],
  service: ['service'],
  source: ['source'],
  account: ['account'],
  region: ['region'],
  context: ['context'],
  ip: ['ip'],
  keyExchange: ['keyExchange'],
};

/** Where a search without a field looks. */
export const searchedColumns: readonly WordColumn[] = [
  'name',
  'error',
  'message',
  'key',
  'otherKey',
  'caller',
  'callerArn',
  'role',
  'service',
  'accessKeyId',
  'ip',
  'userAgent',
  'context',
];

/** One of something for each column. */
export function mapOf<N extends string, V>(
  names: readonly N[],
  make: (name: N) => V,
): Record<N, V> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<N, V>;
}
