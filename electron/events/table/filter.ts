import type { EventQuery } from '../../../shared/model/events/query';
import { eventFacets, type EventFacet } from '../../../shared/model/events/event';
import { facetColumns, flag, searchedColumns, wordColumns, type WordColumn } from './columns';
import type { EventTable } from './eventTable';
import { newestFirst } from './newestFirst';
import { readSearch, type SearchTerm } from './search';
import type { Numbers } from './vector';

/** A query made ready for one table: what it says of each event. */
export interface Match {
  /**
   * By event: 0 where all of the query fits; n + 1 where only the filter of facet n does not; 255
   * where more than that does not. So one pass counts every facet as if its own filter were not set.
   */
  readonly state: Uint8Array;
  /** The events whose state is 0, as they stand in the table. */
  readonly fits: Uint32Array;
  /** All others; undefined where they are more than half, and counts had better go by `fits`. */
  readonly misfits: Uint32Array | undefined;
  /** By n, the events whose state is n: of each facet that has a filter. */
  readonly kept: ReadonlyMap<number, Uint32Array>;
  readonly total: number;
  /** The events whose state is 0, the newest first: all, or at least so many. Until the table takes more in. */
  readonly newest: (atLeast?: number) => Uint32Array;
}

/** More than one part of the query does not fit. */
const noMatch = 255;
const states = 256;

/** Asks every event. Throws AppError `bad-request` for a search that makes no sense. */
export function matchEvents(table: EventTable, query: EventQuery): Match {
  const { length } = table;
  const state = new Uint8Array(length);
  const at = table.columns.at.raw;
  const flags = table.columns.flags.raw;
  const since = query.since === undefined ? 0 : Math.ceil(Date.parse(query.since) / 1000);
  const until = query.until === undefined ? Infinity : Date.parse(query.until) / 1000;
  if (since > 0 || until !== Infinity) {
    for (let i = 0; i < length; i += 1) {
      const time = at[i] ?? 0;
      if (time < since || time > until) state[i] = noMatch;
    }
  }
  if (!query.dryRuns) {
    for (let i = 0; i < length; i += 1) if ((flags[i] ?? 0) & flag.dryRun) state[i] = noMatch;
  }
  const terms = readSearch(query.search);
  for (const [place, term] of terms.entries()) {
    // Few events have the first word: of the others nothing needs to be asked any more.
    const left = place === 0 ? undefined : byState(state).of(0);
    exclude(state, eventsWith(table, wantedWords(table, term), left), term.not, left);
  }
  const filtered = (Object.entries(query.filters) as [EventFacet, string[]][]).filter(
    ([, wanted]) => wanted.length > 0,
  );
  for (const [facet, wanted] of filtered) {
    const columns = facetColumns[facet].map(
      (column) => [column, wantedValues(table, column, facet, wanted)] as const,
    );
    narrow(state, eventsWith(table, columns), markOf(facet));
  }
  const sorted = byState(state);
  const fits = sorted.of(0);
  return {
    state,
    fits,
    misfits: fits.length * 2 > length ? sorted.beyond(0) : undefined,
    kept: new Map(filtered.map(([facet]) => [markOf(facet), sorted.of(markOf(facet))])),
    total: fits.length,
    newest: newestOf(table, state, fits),
  };
}

/** Few events of many are put in order sooner than all are walked through. */
const few = 1 / 16;

function newestOf(table: EventTable, state: Uint8Array, fits: Uint32Array): Match['newest'] {
  let order: Uint32Array | undefined;
  if (fits.length < table.length * few) {
    return () => (order ??= newestFirst(table.columns.at.raw, fits));
  }
  if (fits.length === table.length) return () => table.newestFirst();
  let count = 0;
  let walked = 0;
  return (end = fits.length) => {
    order ??= new Uint32Array(fits.length);
    const all = table.newestFirst();
    for (const wanted = Math.min(end, fits.length); count < wanted; walked += 1) {
      const event = all[walked] ?? 0;
      order[count] = event;
      count += Number(state[event] === 0);
    }
    return order.subarray(0, count);
  };
}

/** The state of an event that only the filter of this facet keeps away. */
export function markOf(facet: EventFacet): number {
  return eventFacets.indexOf(facet) + 1;
}

/** The events in the order of their states; those of one state as they stand in the table. */
function byState(state: Uint8Array) {
  const begins = new Uint32Array(states + 1);
  for (let i = 0; i < state.length; i += 1) {
    const after = (state[i] ?? 0) + 1;
    begins[after] = (begins[after] ?? 0) + 1;
  }
  for (let one = 0; one < states; one += 1) {
    begins[one + 1] = (begins[one + 1] ?? 0) + (begins[one] ?? 0);
  }
  const events = new Uint32Array(state.length);
  const places = begins.slice();
  for (let i = 0; i < state.length; i += 1) {
    const one = state[i] ?? 0;
    const place = places[one] ?? 0;
    events[place] = i;
    places[one] = place + 1;
  }
  return {
    of: (one: number) => events.subarray(begins[one], begins[one + 1]),
    beyond: (one: number) => events.subarray(begins[one + 1]),
  };
}

function columnsOf({ field }: SearchTerm): readonly WordColumn[] {
  if (field === undefined) return searchedColumns;
  if (field.startsWith('context.')) return ['context'];
  if (field in facetColumns) return facetColumns[field as EventFacet];
  return wordColumns.filter((column) => column === field);
}

/** By column, which of its values a term means. */
function wantedWords(table: EventTable, term: SearchTerm): [WordColumn, Uint8Array][] {
  const columns = columnsOf(term);
  if (!term.field?.startsWith('context.')) {
    return columns.map((column) => [column, table.words[column].having(term.text)]);
  }
  const named = term.field.slice('context.'.length);
  const names = table.contextNames();
  const means = (value: string, number: number): boolean => {
    if (!names[number]?.includes(named)) return false;
    const context = JSON.parse(value) as Record<string, string>;
    return context[named]?.toLowerCase().includes(term.text) ?? false;
  };
  return columns.map((column) => [column, wantedOf(table.words[column].values, means)]);
}

/** By a value's number 1 where it is meant; 0, "the record does not say", never is. */
function wantedOf(
  values: readonly string[],
  means: (value: string, number: number) => boolean,
): Uint8Array {
  const wanted = new Uint8Array(values.length);
  for (let i = 1; i < values.length; i += 1) if (means(values[i] ?? '', i)) wanted[i] = 1;
  return wanted;
}

/** What tells of each event whether it is meant: 1 among the words at the number of the event. */
interface Meant {
  readonly numbers: Numbers;
  readonly words: Uint8Array;
}

/** Events of which one of the columns has a wanted value. @param among undefined for all */
function eventsWith(
  table: EventTable,
  wanted: readonly (readonly [WordColumn, Uint8Array])[],
  among?: Uint32Array,
): Meant {
  const telling = wanted
    .filter(([, words]) => words.includes(1))
    .map(([column, words]) => ({ numbers: table.columns[column].raw, words }));
  const [first] = telling;
  if (first && telling.length === 1) return first;
  const found = new Uint8Array(table.length);
  for (const { numbers, words } of telling) {
    // No branch, here and below: what an event says cannot be foreseen, and a wrong guess costs more than the rest.
    if (among) {
      for (let i = 0; i < among.length; i += 1) {
        const event = among[i] ?? 0;
        found[event] = (found[event] ?? 0) | (words[numbers[event] ?? 0] ?? 0);
      }
    } else {
      for (let i = 0; i < found.length; i += 1) {
        found[i] = (found[i] ?? 0) | (words[numbers[i] ?? 0] ?? 0);
      }
    }
  }
  return { numbers: found, words: Uint8Array.of(0, 1) };
}

/** Leaves out the events that are not meant; with `not` those that are. @param among undefined for all */
function exclude(
  state: Uint8Array,
  { numbers, words }: Meant,
  not: boolean,
  among: Uint32Array | undefined,
): void {
  const lost = words.map((meant) => ((meant === 1) === not ? noMatch : 0));
  if (among) {
    for (let i = 0; i < among.length; i += 1) {
      const event = among[i] ?? 0;
      state[event] = lost[numbers[event] ?? 0] ?? 0;
    }
    return;
  }
  for (let i = 0; i < state.length; i += 1) {
    state[i] = (state[i] ?? 0) | (lost[numbers[i] ?? 0] ?? 0);
  }
}

/** Marks the events that are not meant, unless more than that keeps them away. */
function narrow(state: Uint8Array, { numbers, words }: Meant, mark: number): void {
  // What becomes of a state: of an event that is not meant in the first half, of one that is in the second.
  const next = new Uint8Array(2 * states).fill(noMatch, 0, states);
  next[0] = mark;
  for (let one = 0; one < states; one += 1) next[states + one] = one;
  for (let i = 0; i < state.length; i += 1) {
    state[i] = next[(words[numbers[i] ?? 0] ?? 0) * states + (state[i] ?? 0)] ?? 0;
  }
}

/** Which of a column's values a filter means; the empty string stands for "the record does not say". */
function wantedValues(
  table: EventTable,
  column: WordColumn,
  facet: EventFacet,
  wanted: readonly string[],
): Uint8Array {
  const set = new Set(wanted);
  const names = facet === 'context' ? table.contextNames() : [];
  const words = wantedOf(table.words[column].values, (value, number) =>
    facet === 'context' ? (names[number]?.some((name) => set.has(name)) ?? false) : set.has(value),
  );
  // An event without a second key says of its key what the first says.
  words[0] = Number(set.has('') && column === facetColumns[facet][0]);
  return words;
}
