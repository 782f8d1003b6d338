import type { EventQuery } from '../../../shared/model/events/query';
import { eventFacets, type EventFacet } from '../../../shared/model/events/event';
import { facetColumns, flag, searchedColumns, wordColumns, type WordColumn } from './columns';
import type { EventTable } from './eventTable';
import { readSearch, type SearchTerm } from './search';

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
}

/** More than one part of the query does not fit. */
const noMatch = 255;

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
  for (const term of readSearch(query.search)) {
    exclude(table, state, columnsOf(term), wantedWords(table, term), term.not);
  }
  for (const [facet, wanted] of Object.entries(query.filters) as [EventFacet, string[]][]) {
    if (wanted.length === 0) continue;
    narrow(table, state, facet, wanted);
  }
  const [fits, misfits] = divided(state);
  const marks = Object.entries(query.filters)
    .filter(([, wanted]) => wanted.length > 0)
    .map(([facet]) => markOf(facet as EventFacet));
  return {
    state,
    fits,
    misfits: fits.length > misfits.length ? misfits : undefined,
    kept: new Map(marks.map((mark) => [mark, inState(state, misfits, mark)])),
    total: fits.length,
  };
}

/** The state of an event that only the filter of this facet keeps away. */
export function markOf(facet: EventFacet): number {
  return eventFacets.indexOf(facet) + 1;
}

/** The events whose state is 0, and all others. */
function divided(state: Uint8Array): [fits: Uint32Array, misfits: Uint32Array] {
  const places = new Uint32Array(state.length);
  const others = new Uint32Array(state.length);
  let count = 0;
  for (let i = 0; i < state.length; i += 1) {
    // No branch: which events fit cannot be foreseen.
    places[count] = i;
    others[i - count] = i;
    count += Number(state[i] === 0);
  }
  return [kept(places, count), kept(others, state.length - count)];
}

function inState(state: Uint8Array, events: Uint32Array, wanted: number): Uint32Array {
  const places = new Uint32Array(events.length);
  let count = 0;
  for (let i = 0; i < events.length; i += 1) {
    const event = events[i] ?? 0;
    places[count] = event;
    count += Number(state[event] === wanted);
  }
  return kept(places, count);
}

/** The first of them, without the room of the rest where that is much. */
function kept(places: Uint32Array, count: number): Uint32Array {
  return count * 2 < places.length ? places.slice(0, count) : places.subarray(0, count);
}

function columnsOf({ field }: SearchTerm): readonly WordColumn[] {
  if (field === undefined) return searchedColumns;
  if (field.startsWith('context.')) return ['context'];
  if (field in facetColumns) return facetColumns[field as EventFacet];
  return wordColumns.filter((column) => column === field);
}

/** By column, which of its values a term means. */
function wantedWords(table: EventTable, term: SearchTerm): Map<WordColumn, Uint8Array> {
  const named = term.field?.startsWith('context.')
    ? term.field.slice('context.'.length)
    : undefined;
  const names = named === undefined ? [] : table.contextNames();
  const means = (value: string, number: number): boolean => {
    if (named === undefined) return value.toLowerCase().includes(term.text);
    if (!names[number]?.includes(named)) return false;
    const context = JSON.parse(value) as Record<string, string>;
    return context[named]?.toLowerCase().includes(term.text) ?? false;
  };
  return new Map(
    columnsOf(term).map((column) => {
      const { values } = table.words[column];
      const wanted = new Uint8Array(values.length);
      for (let i = 1; i < values.length; i += 1) if (means(values[i] ?? '', i)) wanted[i] = 1;
      return [column, wanted];
    }),
  );
}

/** Leaves out the events of which no column has a wanted value; with `not` those of which one has. */
function exclude(
  table: EventTable,
  state: Uint8Array,
  columns: readonly WordColumn[],
  wanted: ReadonlyMap<WordColumn, Uint8Array>,
  not: boolean,
): void {
  const found = new Uint8Array(state.length);
  for (const column of columns) {
    const words = wanted.get(column);
    if (!words?.includes(1)) continue;
    const numbers = table.columns[column].raw;
    for (let i = 0; i < found.length; i += 1) if (words[numbers[i] ?? 0] === 1) found[i] = 1;
  }
  const kept = not ? 0 : 1;
  for (let i = 0; i < state.length; i += 1) if (found[i] !== kept) state[i] = noMatch;
}

function narrow(
  table: EventTable,
  state: Uint8Array,
  facet: EventFacet,
  wanted: readonly string[],
): void {
  const columns = facetColumns[facet];
  const mark = markOf(facet);
  const fits = new Uint8Array(state.length);
  for (const column of columns) {
    const words = wantedValues(table, column, facet, wanted);
    const numbers = table.columns[column].raw;
    for (let i = 0; i < fits.length; i += 1) if (words[numbers[i] ?? 0] === 1) fits[i] = 1;
  }
  for (let i = 0; i < state.length; i += 1) {
    if (fits[i] === 0 && state[i] !== noMatch) state[i] = state[i] === 0 ? mark : noMatch;
  }
}

/** Which of a column's values a filter means; the empty string stands for "the record does not say". */
function wantedValues(
  table: EventTable,
  column: WordColumn,
  facet: EventFacet,
  wanted: readonly string[],
): Uint8Array {
  const { values } = table.words[column];
  const set = new Set(wanted);
  if (facet !== 'context') return Uint8Array.from(values, (value) => (set.has(value) ? 1 : 0));
  const names = table.contextNames();
  return Uint8Array.from(values, (value, i) =>
    value === '' ? Number(set.has('')) : Number(names[i]?.some((name) => set.has(name)) ?? false),
  );
}
