import { outcomes, type EventFacet, type Outcome } from '../../../shared/model/events/event';
import type { Histogram } from '../../../shared/model/events/query';
import { facetColumns, type WordColumn } from './columns';
import type { EventTable, TableRow } from './eventTable';
import { markOf, type Match } from './filter';
import type { Numbers } from './vector';

/** The matching events from an offset on, the newest first. */
export function pageOf(table: EventTable, match: Match, offset: number, limit: number): TableRow[] {
  const events = match.newest(offset + limit).subarray(offset, offset + limit);
  return Array.from(events, (event) => table.row(event));
}

/** Where an event stands among the matching ones, the newest first; null where it is none of them. */
export function placeOf(match: Match, event: number): number | null {
  return match.state[event] === 0 ? match.newest().indexOf(event) : null;
}

export interface FacetCounts {
  readonly facet: EventFacet;
  readonly values: { value: string; count: number }[];
  readonly more: number;
}

/** At most so many values of a facet. */
const maxValues = 200;

/** How many matching events have which value; a facet's own filter does not count for it. */
export function facetCounts(table: EventTable, match: Match, facet: EventFacet): FacetCounts {
  const mark = markOf(facet);
  const counts = new Map<string, number>();
  const columns = facetColumns[facet];
  const [first, second] = columns;
  if (!first) return { facet, values: [], more: 0 };
  const names = facet === 'context' ? table.contextNames() : [];
  const byNames = new Map<readonly string[], number>();
  const add = (value: string, count: number) => counts.set(value, (counts.get(value) ?? 0) + count);
  for (const [word, count] of tallyOf(table, match, first, mark).entries()) {
    if (count === 0) continue;
    const list = names[word];
    if (!list || word === 0) add(table.words[first].valueOf(word) ?? '', count);
    else byNames.set(list, (byNames.get(list) ?? 0) + count);
  }
  for (const [list, count] of byNames) for (const name of list) add(name, count);
  // A call with two keys counts for both.
  if (second && table.words[second].values.length > 1) {
    for (const [word, count] of tallyOf(table, match, second, mark).entries()) {
      if (word !== 0 && count > 0) add(table.words[second].valueOf(word) ?? '', count);
    }
  }
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const values = sorted.slice(0, maxValues).map(([value, count]) => ({ value, count }));
  return { facet, values, more: sorted.length - values.length };
}

/** By a column's values, how many events have each: the matching ones and those that only `mark` keeps away. */
function tallyOf(
  table: EventTable,
  { fits, misfits, kept }: Match,
  column: WordColumn,
  mark: number,
): Uint32Array {
  const numbers = table.columns[column].raw;
  const tally = misfits ? table.tally(column).slice() : new Uint32Array(table.tally(column).length);
  if (misfits) count(tally, numbers, misfits, -1);
  else count(tally, numbers, fits, 1);
  const others = kept.get(mark);
  if (others) count(tally, numbers, others, 1);
  return tally;
}

function count(tally: Uint32Array, numbers: Numbers, events: Uint32Array, by: 1 | -1): void {
  for (let i = 0; i < events.length; i += 1) {
    const word = numbers[events[i] ?? 0] ?? 0;
    tally[word] = (tally[word] ?? 0) + by;
  }
}

/** Lengths of buckets that a person can read, in seconds. */
const steps = [1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400, 7 * 86_400];

/**
 * The matching events over time, by outcome: in buckets of a round length, at most as many as asked
 * for, over the query's time or, where it names none, from the oldest to the newest of them.
 */
export function histogramOf(
  table: EventTable,
  match: Match,
  time: { since?: string | undefined; until?: string | undefined },
  maxBuckets: number,
): Histogram {
  const at = table.columns.at.raw;
  const { fits } = match;
  let from = time.since === undefined ? Infinity : Date.parse(time.since) / 1000;
  let to = time.until === undefined ? -Infinity : Date.parse(time.until) / 1000;
  for (let i = 0; i < fits.length; i += 1) {
    const here = at[fits[i] ?? 0] ?? 0;
    if (time.since === undefined && here < from) from = here;
    if (time.until === undefined && here > to) to = here;
  }
  if (!Number.isFinite(from) || !Number.isFinite(to) || to < from) {
    return { from: new Date(0).toISOString(), bucketSeconds: 3600, buckets: [] };
  }
  const wanted = (to - from + 1) / maxBuckets;
  const bucketSeconds =
    steps.find((step) => step >= wanted && countOf(from, to, step) <= maxBuckets) ??
    Math.ceil(wanted / 86_400 + 1) * 86_400;
  const start = Math.floor(from / bucketSeconds) * bucketSeconds;
  const count = countOf(from, to, bucketSeconds);
  const names = table.words.outcome.values;
  const tally = new Uint32Array(count * names.length);
  const numbers = table.columns.outcome.raw;
  for (let i = 0; i < fits.length; i += 1) {
    const event = fits[i] ?? 0;
    const bucket = Math.floor(((at[event] ?? 0) - start) / bucketSeconds);
    const cell = bucket * names.length + (numbers[event] ?? 0);
    tally[cell] = (tally[cell] ?? 0) + 1;
  }
  const buckets = Array.from({ length: count }, (_, bucket) => {
    const counts: Partial<Record<Outcome, number>> = {};
    for (const outcome of outcomes) {
      const n = tally[bucket * names.length + names.indexOf(outcome)] ?? 0;
      if (names.includes(outcome) && n > 0) counts[outcome] = n;
    }
    return counts;
  });
  return { from: new Date(start * 1000).toISOString(), bucketSeconds, buckets };
}

function countOf(from: number, to: number, step: number): number {
  return Math.floor(to / step) - Math.floor(from / step) + 1;
}
