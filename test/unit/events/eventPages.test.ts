import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  indexOfEvent,
  noPages,
  pageSize,
  rowAt,
  wantedPages,
  withPage,
} from '../../../renderer/events/list/eventPages';
import { createPager } from '../../../renderer/events/list/pager';
import type { EventRow } from '../../../shared/model/events/event';
import { eventQuerySchema } from '../../../shared/model/events/query';

const query = eventQuerySchema.parse({});
const row = (eventId: string) => ({ eventId }) as EventRow;

/** A list of events as main has it, and a window that looks at it. */
function watched(total: number) {
  let all = Array.from({ length: total }, (_, i) => `event-${i}`);
  let added = 0;
  let pages = noPages;
  const state = { most: 0, outdated: 0 };
  const pager = createPager({
    events: {
      page: ({ offset, limit }) =>
        Promise.resolve({ rows: all.slice(offset, offset + limit).map(row), total: all.length }),
      place: ({ eventId }) => {
        const index = all.indexOf(eventId);
        return Promise.resolve({ index: index < 0 ? null : index });
      },
    },
    query: () => query,
    pages: () => pages,
    onPages(next) {
      pages = next;
      state.most = Math.max(state.most, next.pages.size);
    },
    onOutdated() {
      state.outdated += 1;
    },
    onError(error) {
      throw error;
    },
  });
  const { signal } = new AbortController();
  return {
    pager,
    state,
    pages: () => pages,
    open: async () => (pages = await pager.open(query, signal)),
    renew: async () => (pages = await pager.renew(query, signal)),
    come(count: number) {
      all = [...Array.from({ length: count }, () => `new-${added++}`), ...all];
    },
    idAt: (index: number) => all[index],
    /** As long as answers come, more may be asked. */
    async quiet() {
      for (let i = 0; i < 40; i += 1) await Promise.resolve();
    },
  };
}

it('has every row in sight after any way through the list, and never more than some pages', async () => {
  const ways = fc.array(
    fc.record({ first: fc.nat(49_999), rows: fc.integer({ min: 0, max: 120 }) }),
    {
      minLength: 1,
      maxLength: 20,
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 50_000 }), ways, async (total, way) => {
      const list = watched(total);
      await list.open();
      for (const { first, rows } of way) {
        const from = Math.min(first, total - 1);
        const to = Math.min(from + rows, total - 1);
        list.pager.look({ first: from, last: to });
        await list.quiet();
        for (let index = from; index <= to; index += 1) {
          expect(rowAt(list.pages(), index)?.eventId).toBe(list.idAt(index));
        }
      }
      expect(list.state.most).toBeLessThanOrEqual(13);
    }),
    { numRuns: 50 },
  );
});

it('keeps what one looks at while events come in above it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 200, max: 20_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 5 }),
      async (total, share, arrivals) => {
        const list = watched(total);
        await list.open();
        const first = Math.floor(share * (total - 60));
        list.pager.look({ first, last: first + 50 });
        await list.quiet();
        const seen = rowAt(list.pages(), first + 20);
        const number = first + 20 - list.pages().origin;
        for (const count of arrivals) {
          list.come(count);
          await list.renew();
          // At the top the newest are shown, elsewhere the row is still in sight; its number stays.
          const { origin } = list.pages();
          expect(list.idAt(number + origin)).toBe(seen?.eventId);
          if (first > 0) expect(rowAt(list.pages(), number + origin)).toEqual(seen);
          const { first: top, last } = list.pager.inSight();
          for (let index = top; index <= Math.min(last, list.pages().total - 1); index += 1) {
            expect(rowAt(list.pages(), index)?.eventId).toBe(list.idAt(index));
          }
        }
      },
    ),
    { numRuns: 50 },
  );
});

it('notices while scrolling that other events match by now, and mixes no pages of the two', async () => {
  const list = watched(5000);
  await list.open();
  list.come(7);
  list.pager.look({ first: 2000, last: 2040 });
  await list.quiet();
  expect(list.state.outdated).toBeGreaterThan(0);
  expect([...list.pages().pages.keys()]).toEqual([0]);
  await list.renew();
  expect(rowAt(list.pages(), 2000)?.eventId).toBe(list.idAt(2000));
});

it('reads a row that is not in sight, and finds those that are here', async () => {
  const list = watched(1000);
  await list.open();
  expect((await list.pager.read(777))?.eventId).toBe('event-777');
  expect(await list.pager.read(1000)).toBeUndefined();
  expect(indexOfEvent(list.pages(), 'event-42')).toBe(42);
  expect(indexOfEvent(list.pages(), 'event-777')).toBe(-1);
});

it('wants the pages in sight first, then their neighbours, none beyond the list', () => {
  expect(wantedPages(0, { first: 0, last: 0 })).toEqual([]);
  expect(wantedPages(1000, { first: 350, last: 420 })).toEqual([3, 4, 5, 2]);
  expect(wantedPages(430, { first: 350, last: 600 })).toEqual([3, 4, 2]);
  expect(wantedPages(10, { first: 0, last: 9 })).toEqual([0]);
});

it('drops pages that are far from what is in sight', () => {
  let pages = { ...noPages, total: 10_000 };
  for (let page = 0; page < 20; page += 1) {
    const first = page * pageSize;
    pages = withPage(pages, page, [row(`e${page}`)], { first, last: first + 40 });
  }
  expect([...pages.pages.keys()]).toEqual([15, 16, 17, 18, 19]);
});
