import type { ClavigerClient } from '../../../shared/contract';
import type { EventRow } from '../../../shared/model/events/event';
import type { EventQuery } from '../../../shared/model/events/query';
import {
  pageSize,
  rowAt,
  wantedPages,
  withPage,
  type EventPages,
  type RowRange,
} from './eventPages';

/** So many pages are read at once: what scrolls past meanwhile is never asked for. */
const atOnce = 2;

export interface PagerOptions {
  readonly events: Pick<ClavigerClient['events'], 'page' | 'place'>;
  /** The query that the pages answer. */
  readonly query: () => EventQuery | undefined;
  readonly pages: () => EventPages;
  readonly onPages: (pages: EventPages) => void;
  /** Other events match than when the pages were read: they are to be read anew. */
  readonly onOutdated: () => void;
  readonly onError: (error: unknown) => void;
}

export interface Pager {
  /** Tells what is in sight: its pages are read, and far ones let go. */
  look(range: RowRange): void;
  /** What was last in sight. */
  inSight(): RowRange;
  /** The first pages of a query. */
  open(query: EventQuery, signal: AbortSignal): Promise<EventPages>;
  /** The pages anew, around what is in sight: it stays, wherever in the list it is by now. */
  renew(query: EventQuery, signal: AbortSignal): Promise<EventPages>;
  /** A row by its index, in sight or not; undefined where there is none or it cannot be read. */
  read(index: number): Promise<EventRow | undefined>;
}

const top: RowRange = { first: 0, last: 0 };

/** Reads the pages of the event list as one scrolls. */
export function createPager(options: PagerOptions): Pager {
  const { events, onPages, onOutdated, onError } = options;
  let inSight = top;
  let reading = new Set<number>();
  let readingOf = -1;

  function readWanted(): void {
    const query = options.query();
    const pages = options.pages();
    if (!query) return;
    if (readingOf !== pages.reading) reading = new Set();
    readingOf = pages.reading;
    for (const page of wantedPages(pages.total, inSight)) {
      if (reading.size >= atOnce) return;
      if (pages.pages.has(page) || reading.has(page)) continue;
      void take(query, page, pages.reading);
    }
  }

  async function take(query: EventQuery, page: number, of: number): Promise<void> {
    const mine = reading.add(page);
    try {
      const { rows, total } = await events.page({
        query,
        offset: page * pageSize,
        limit: pageSize,
      });
      mine.delete(page);
      const pages = options.pages();
      if (pages.reading !== of) return;
      if (total !== pages.total) {
        onOutdated();
        return;
      }
      onPages(withPage(pages, page, rows, inSight));
      readWanted();
    } catch (error) {
      mine.delete(page);
      if (options.pages().reading === of) onError(error);
    }
  }

  async function readAll(query: EventQuery, wanted: readonly number[], signal: AbortSignal) {
    const read = await Promise.all(
      wanted.map((page) =>
        events.page({ query, offset: page * pageSize, limit: pageSize }, { signal }),
      ),
    );
    return {
      total: read[0]?.total ?? 0,
      pages: new Map(wanted.map((page, i) => [page, read[i]?.rows ?? []])),
    };
  }

  return {
    look(range) {
      inSight = range;
      readWanted();
    },
    inSight: () => inSight,
    async open(query, signal) {
      const { list, reading: before } = options.pages();
      const read = await readAll(query, [0], signal);
      inSight = top;
      return { list: list + 1, reading: before + 1, origin: 0, ...read };
    },
    async renew(query, signal) {
      const before = options.pages();
      const shift = await shiftOf(before, query, signal);
      const { first, last } = inSight;
      // Who looks at the top looks at what is newest.
      const by = first === 0 ? 0 : shift;
      const range = { first: Math.max(0, first + by), last: Math.max(0, last + by) };
      const wanted = pagesBetween(range);
      const read = await readAll(query, wanted, signal);
      inSight = range;
      const { list, origin } = before;
      return { list, reading: before.reading + 1, origin: origin + shift, ...read };
    },
    async read(index) {
      const query = options.query();
      const here = rowAt(options.pages(), index);
      if (here || !query) return here;
      try {
        const { rows } = await events.page({ query, offset: index, limit: 1 });
        return rows[0];
      } catch (error) {
        onError(error);
        return undefined;
      }
    },
  };

  /** How many events came in above the first one in sight. */
  async function shiftOf(
    pages: EventPages,
    query: EventQuery,
    signal: AbortSignal,
  ): Promise<number> {
    for (let index = inSight.first; index <= inSight.last; index += 1) {
      const row = rowAt(pages, index);
      if (!row) continue;
      const place = await events.place({ query, eventId: row.eventId }, { signal });
      return place.index === null ? 0 : place.index - index;
    }
    return 0;
  }
}

function pagesBetween({ first, last }: RowRange): number[] {
  const from = Math.floor(first / pageSize);
  return Array.from({ length: Math.floor(last / pageSize) - from + 1 }, (_, i) => from + i);
}
