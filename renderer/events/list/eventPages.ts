import type { EventRow } from '../../../shared/model/events/event';

/** Events asked for at once. */
export const pageSize = 100;
/** Pages kept on either side of those in sight. */
const keptBeside = 4;

/** Indexes of rows: from the first on, up to the last and with it. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** The matching events, newest first: how many there are, and the pages of them that are here. */
export interface EventPages {
  /** Another number for each query: its rows have nothing to do with those before. */
  readonly list: number;
  /** Another number each time that they were read anew. */
  readonly reading: number;
  readonly total: number;
  /**
   * Grows by as many events as came in above what was in sight: an event's index less this is its
   * number, which it keeps.
   */
  readonly origin: number;
  readonly pages: ReadonlyMap<number, readonly EventRow[]>;
}

export const noPages: EventPages = { list: 0, reading: 0, total: 0, origin: 0, pages: new Map() };

/** An event by its index; undefined while its page is not here. */
export function rowAt({ pages }: EventPages, index: number): EventRow | undefined {
  return pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

/** The index of an event that is here, else -1. */
export function indexOfEvent({ pages }: EventPages, eventId: string | undefined): number {
  if (eventId === undefined) return -1;
  for (const [page, rows] of pages) {
    const place = rows.findIndex((row) => row.eventId === eventId);
    if (place >= 0) return page * pageSize + place;
  }
  return -1;
}

/** The pages to have for what is in sight, the most urgent first: those in sight, then one on either side. */
export function wantedPages(total: number, { first, last }: RowRange): number[] {
  if (total === 0) return [];
  const end = Math.floor((total - 1) / pageSize);
  const from = Math.min(Math.floor(Math.max(0, first) / pageSize), end);
  const to = Math.min(Math.floor(Math.max(0, last) / pageSize), end);
  const inSight = Array.from({ length: to - from + 1 }, (_, place) => from + place);
  return [...inSight, to + 1, from - 1].filter((page) => page >= 0 && page <= end);
}

/** Takes a page in, and drops those that are far from what is in sight. */
export function withPage(
  pages: EventPages,
  page: number,
  rows: readonly EventRow[],
  { first, last }: RowRange,
): EventPages {
  const from = Math.floor(first / pageSize) - keptBeside;
  const to = Math.floor(last / pageSize) + keptBeside;
  const kept = [...pages.pages].filter(([each]) => each >= from && each <= to);
  return { ...pages, pages: new Map([...kept, [page, rows]]) };
}
