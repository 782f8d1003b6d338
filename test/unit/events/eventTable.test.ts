import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facetCounts, histogramOf, pageOf, placeOf } from '../../../electron/events/table/answers';
import { EventTable } from '../../../electron/events/table/eventTable';
import { matchEvents } from '../../../electron/events/table/filter';
import { readSearch } from '../../../electron/events/table/search';
import { Words } from '../../../electron/events/table/words';
import { fromBytes, Vector } from '../../../electron/events/table/vector';
import type { EventRow } from '../../../shared/model/events/event';
import { eventQuerySchema, type EventQuery } from '../../../shared/model/events/query';
import { eventRow, eventRows, partOf, tableOf } from './exampleEvents';

const queries: fc.Arbitrary<EventQuery> = fc
  .record({
    name: fc.option(fc.subarray(['Decrypt', 'GenerateDataKey'])),
    outcome: fc.option(fc.subarray(['ok', 'denied', 'failed'])),
    key: fc.option(fc.subarray(['key-a', 'key-b', ''])),
    context: fc.option(fc.subarray(['bucket', 'table'])),
    search: fc.constantFrom('', 'ann', '-caller:bob', 'context.bucket:inv', 'INVOICES key-a'),
    from: fc.option(fc.integer({ min: 0, max: 5000 })),
    dryRuns: fc.boolean(),
  })
  .map(({ search, from, dryRuns, ...filters }) =>
    eventQuerySchema.parse({
      search,
      dryRuns,
      filters: Object.fromEntries(Object.entries(filters).filter(([, values]) => values?.length)),
      ...(from !== null && { since: new Date(1.76e12 + from * 1000).toISOString() }),
    }),
  );

/** The same question asked the slow way. */
function fits(row: EventRow, query: EventQuery, without?: string): boolean {
  if (row.dryRun && !query.dryRuns) return false;
  if (query.since !== undefined && Date.parse(row.at) < Date.parse(query.since)) return false;
  const { name, outcome, key, context } = query.filters;
  const contextNames = Object.keys(row.encryptionContext);
  const has = (facet: string, wanted: string[] | undefined, values: string[]) =>
    facet === without || !wanted?.length || values.some((value) => wanted.includes(value));
  if (!has('name', name, [row.name]) || !has('outcome', outcome, [row.outcome])) return false;
  // As the facet counts: "nothing" is a row without any key.
  const keys = row.keys.length > 0 ? row.keys : [''];
  if (!has('key', key, keys) || !has('context', context, contextNames)) return false;
  const words = JSON.stringify([
    row.name,
    row.caller,
    row.keys,
    row.encryptionContext,
  ]).toLowerCase();
  if (query.search === 'ann') return words.includes('ann');
  if (query.search === '-caller:bob') return !row.caller.toLowerCase().includes('bob');
  if (query.search === 'context.bucket:inv') return row.encryptionContext['bucket'] === 'invoices';
  if (query.search === '') return true;
  return words.includes('invoices') && words.includes('key-a');
}

describe('the event table', () => {
  it('answers every query as the slow way does: page, total, facets, histogram', () => {
    fc.assert(
      fc.property(eventRows, queries, (rows, query) => {
        const table = tableOf(rows);
        const match = matchEvents(table, query);
        const expected = rows.filter((row) => fits(row, query));
        expect(match.total).toBe(expected.length);
        const page = pageOf(table, match, 0, 500);
        expect(page.map(({ eventId }) => eventId).sort()).toEqual(
          expected.map(({ eventId }) => eventId).sort(),
        );
        const times = page.map(({ at }) => at);
        expect(times).toEqual([...times].sort().reverse());
        // Page by page, as one scrolls, it is the same list.
        const paged = matchEvents(table, query);
        const pages = [0, 7, 14, 21].flatMap((offset) => pageOf(table, paged, offset, 7));
        expect(pages).toEqual(page.slice(0, 28));
        for (const facet of ['name', 'outcome', 'region'] as const) {
          const { values } = facetCounts(table, match, facet);
          const counted = rows.filter((row) => fits(row, query, facet));
          expect(values.reduce((sum, { count }) => sum + count, 0)).toBe(counted.length);
          for (const { value, count } of values) {
            expect(count).toBe(counted.filter((row) => row[facet] === value).length);
          }
        }
        // Every event has the place at which the page shows it; one that does not match has none.
        const places = rows.map((_, index) => placeOf(match, index));
        expect(places).toEqual(
          rows.map(({ eventId }) => {
            const place = page.findIndex((row) => row.eventId === eventId);
            return place < 0 ? null : place;
          }),
        );
        const { buckets } = histogramOf(table, match, {}, 20);
        expect(buckets.length).toBeLessThanOrEqual(20);
        const counted = buckets.flatMap((bucket) => Object.values(bucket));
        expect(counted.reduce((sum, n) => sum + n, 0)).toBe(expected.length);
      }),
      { numRuns: 300 },
    );
  });

  it('counts and puts in order what came after it had done so', () => {
    fc.assert(
      fc.property(eventRows, fc.nat(), queries, (rows, cut, query) => {
        const first = rows.slice(0, cut % (rows.length + 1));
        const table = tableOf(first);
        facetCounts(table, matchEvents(table, query), 'name');
        table.take(partOf(rows), [2]);
        const match = matchEvents(table, query);
        const { values } = facetCounts(table, match, 'name');
        // The order too is that of events that came at once.
        const page = pageOf(table, match, 0, 500);
        const atOnce = tableOf(rows);
        expect(page).toEqual(pageOf(atOnce, matchEvents(atOnce, query), 0, 500));
        for (const { value, count } of values) {
          expect(count).toBe(
            rows.filter((row) => row.name === value && fits(row, query, 'name')).length,
          );
        }
      }),
    );
  });

  it('gives back the row that it was given, and takes no id twice', () => {
    fc.assert(
      fc.property(eventRows, (rows) => {
        const table = new EventTable();
        const twice = [...rows, ...rows];
        expect(table.take(partOf(twice), [7])).toBe(rows.length);
        expect(rows.map((_, i) => table.row(i))).toEqual(rows);
        expect(table.take(partOf(rows.toReversed()), [8])).toBe(0);
      }),
    );
  });

  it('pages through, the newest first', () => {
    const rows = Array.from({ length: 10 }, (_, i) =>
      eventRow({ eventId: `odd-id-${i}`, at: `2026-11-24T10:00:0${(i * 7) % 10}Z` }),
    );
    const table = tableOf(rows);
    const match = matchEvents(table, eventQuerySchema.parse({}));
    const seconds = [0, 4, 8].flatMap((offset) =>
      pageOf(table, match, offset, 4).map(({ at }) => at.slice(18, 19)),
    );
    expect(seconds.join('')).toBe('9876543210');
  });
});

describe('a search', () => {
  it('has words, fields, parts in quotes and a minus', () => {
    expect(readSearch('decrypt -outcome:ok "two words" context.aws:s3:arn=b:c x')).toEqual([
      { field: undefined, text: 'decrypt', not: false },
      { field: 'outcome', text: 'ok', not: true },
      { field: undefined, text: 'two words', not: false },
      { field: 'context.aws:s3:arn', text: 'b:c', not: false },
      { field: undefined, text: 'x', not: false },
    ]);
    expect(readSearch('arn:aws:kms:x')).toEqual([
      { field: undefined, text: 'arn:aws:kms:x', not: false },
    ]);
  });

  it('says which fields there are', () => {
    expect(() => readSearch('colour:red')).toThrow('There is no field colour. Fields are name,');
  });

  it('finds a word in any value, in capitals or not, and never across two of them', () => {
    const callers = fc.array(fc.string({ unit: fc.constantFrom('a', 'B', 'ß', 'İ', '\n') }));
    const words = fc.string({ unit: fc.constantFrom('a', 'b', 'ß', '\n'), minLength: 1 });
    fc.assert(
      fc.property(callers, callers, words, (some, more, word) => {
        const values = new Words();
        const expected = () =>
          values.values.map((value) => Number(value.toLowerCase().includes(word)));
        for (const caller of some) values.numberOf(caller);
        expect([...values.having(word)]).toEqual(expected());
        for (const caller of more) values.numberOf(caller);
        expect([...values.having(word)]).toEqual(expected());
      }),
    );
  });

  it('of any text is read or refused in a sentence', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          readSearch(text);
        } catch (error) {
          expect((error as Error).message).toMatch(/There is no field/);
        }
      }),
    );
  });
});

describe('a vector', () => {
  it('keeps what it is given, in as few bytes as the largest needs, through the database and back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 32 - 1)), fc.nat(20), (numbers, from) => {
        const vector = new Vector();
        for (const number of numbers) vector.push(number);
        const read = new Vector(fromBytes(vector.bytes(0), vector.width));
        expect(numbers.map((_, i) => read.at(i))).toEqual(numbers);
        const part = new Vector();
        for (const number of numbers.slice(0, from)) part.push(number);
        part.append(fromBytes(vector.bytes(Math.min(from, numbers.length)), vector.width));
        expect(numbers.map((_, i) => part.at(i))).toEqual(numbers);
        const largest = Math.max(0, ...numbers);
        expect(vector.width).toBe(largest < 256 ? 1 : largest < 65536 ? 2 : 4);
      }),
    );
  });
});
