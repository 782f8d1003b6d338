import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyColumns } from '../../../shared/model/keyColumns';
import { applyKeyQuery, createKeyFilter, isFiltering } from '../../../shared/model/keyFilter';
import { createKeyLens, facetWords, keyFacets } from '../../../shared/model/keyLens';
import { sortKeys } from '../../../shared/model/keyOrder';
import { keyQuerySchema, type KeyQuery } from '../../../shared/model/keyQuery';
import { denied, exampleNow, exampleRow, exampleRows, read } from './exampleRows';

const lens = createKeyLens({
  now: () => new Date(exampleNow),
  environmentTag: 'Environment',
  ownerTag: 'Owner',
});
const views = exampleRows(300).map(lens);

function query(change: Partial<KeyQuery> = {}): KeyQuery {
  return keyQuerySchema.parse(change);
}

const tableColumns = keyColumns.filter((column) => !column.exportOnly);

const queries = fc.record({
  search: fc.constantFrom('', 'service', 'SERVICE-1', 'payments', 'no such key', 'service 2'),
  filters: fc
    .subarray([...keyFacets])
    .chain((facets) =>
      fc.record(
        Object.fromEntries(
          facets.map((facet) => [
            facet,
            fc.subarray([...new Set(views.map((view) => view.facets[facet])), 'nothing']),
          ]),
        ),
      ),
    ),
  sort: fc.uniqueArray(
    fc.record({
      column: fc.constantFrom(...tableColumns.map((column) => column.id)),
      desc: fc.boolean(),
    }),
    { maxLength: 5, selector: (sort) => sort.column },
  ),
});

describe('the key query', () => {
  it('shows every row when nothing is asked', () => {
    expect(applyKeyQuery(views, query()).views).toHaveLength(views.length);
    expect(isFiltering(query())).toBe(false);
  });

  it('finds a key by alias, id, ARN, description and tag, in any case, all words needed', () => {
    const rows = [exampleRow(), exampleRow({ keyId: 'other', aliases: read(['alias/mail']) })];
    const both = rows.map(lens);
    const find = (search: string) => applyKeyQuery(both, query({ search })).views.length;
    expect(find('BILLING')).toBe(1);
    expect(find('11111111-2222')).toBe(1);
    expect(find('arn:aws:kms:eu-central-1:111122223333:key/other')).toBe(1);
    expect(find('invoices mail')).toBe(1);
    expect(find('owner=payments')).toBe(2);
    expect(find('billing mail')).toBe(0);
  });

  it('keeps a value that could not be read apart from a value that is not there', () => {
    const refused = lens(exampleRow({ tags: denied('kms:ListResourceTags') }));
    const untagged = lens(exampleRow({ tags: read({}) }));
    expect(refused.facets.owner).toBe(facetWords['cannot-tell']);
    expect(untagged.facets.owner).toBe(facetWords.none);
    const found = applyKeyQuery([refused, untagged], query({ filters: { owner: ['(none)'] } }));
    expect(found.views).toEqual([untagged]);
  });

  it('never reads an inherited property as a tag', () => {
    const odd = createKeyLens({
      now: () => new Date(exampleNow),
      environmentTag: 'constructor',
      ownerTag: '__proto__',
    })(exampleRow());
    expect(odd.facets.environment).toBe(facetWords.none);
    expect(odd.facets.owner).toBe(facetWords.none);
  });

  it('passes exactly the rows that satisfy every facet and word', () => {
    fc.assert(
      fc.property(queries, (asked) => {
        const words = asked.search.toLowerCase().split(' ').filter(Boolean);
        const expected = views.filter(
          (view) =>
            words.every((word) => view.searchText.includes(word)) &&
            Object.entries(asked.filters).every(
              ([facet, values]) =>
                values.length === 0 || values.includes(view.facets[facet as 'state']),
            ),
        );
        const found = applyKeyQuery(views, asked).views;
        expect(new Set(found)).toEqual(new Set(expected));
        expect(found).toHaveLength(expected.length);
      }),
    );
  });

  it('counts for each value what choosing it alone in its facet would leave', () => {
    fc.assert(
      fc.property(queries, fc.constantFrom(...keyFacets), (asked, facet) => {
        const { counts } = applyKeyQuery(views, asked);
        for (const value of new Set(views.map((view) => view.facets[facet]))) {
          const alone = { ...asked, filters: { ...asked.filters, [facet]: [value] } };
          expect(counts[facet].get(value) ?? 0).toBe(applyKeyQuery(views, alone).views.length);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a filter that keeps its answer', () => {
  /** Some rows replaced in place, some taken away, some added. */
  const steps = fc.array(
    fc.record({
      replaced: fc.uniqueArray(fc.nat(299), { maxLength: 30 }),
      removed: fc.option(fc.nat(299), { freq: 5 }),
      added: fc.nat(20),
      asked: fc.option(queries, { freq: 4 }),
      seed: fc.nat(1000),
    }),
    { maxLength: 6 },
  );

  it('gives what a fresh one would, whatever has changed between', () => {
    fc.assert(
      fc.property(queries, steps, (first, changes) => {
        const filter = createKeyFilter();
        let asked: KeyQuery = first;
        let now = views.slice(0, 200);
        filter(now, asked);
        for (const { replaced, removed, added, asked: next, seed } of changes) {
          const other = exampleRows(300 + seed).slice(-300);
          now = now.flatMap((view, index) => {
            if (index === removed) return [];
            const source = replaced.includes(index) ? other[index] : undefined;
            const { connection, region, keyId, arn } = view.row;
            return source ? lens({ ...source, connection, region, keyId, arn }) : view;
          });
          const fresh = exampleRows(added).map((row) =>
            lens({ ...row, keyId: `${row.keyId}-${now.length}` }),
          );
          now = [...now, ...fresh];
          asked = next ?? asked;
          expect(filter(now, asked)).toEqual(applyKeyQuery(now, asked));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the order of rows', () => {
  it('does not depend on the order in which rows arrived', () => {
    fc.assert(
      fc.property(
        queries,
        fc.shuffledSubarray(views, { minLength: views.length }),
        (asked, shuffled) => {
          expect(sortKeys(shuffled, asked.sort)).toEqual(sortKeys(views, asked.sort));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('puts a row without a value last, ascending and descending', () => {
    const named = lens(exampleRow({ keyId: 'a' }));
    const unknown = lens(exampleRow({ keyId: 'b', aliases: denied('kms:ListAliases') }));
    for (const desc of [false, true]) {
      expect(sortKeys([unknown, named], [{ column: 'alias', desc }])).toEqual([named, unknown]);
    }
  });

  it('orders numbers in names by size', () => {
    const rows = ['alias/app-10', 'alias/app-2', 'alias/App-1'].map((alias, index) =>
      lens(exampleRow({ keyId: String(index), aliases: read([alias]) })),
    );
    const names = sortKeys(rows, []).map((view) => view.row.keyId);
    expect(names).toEqual(['2', '1', '0']);
  });

  it('lets the second column decide where the first ties', () => {
    const sorted = sortKeys(views, [
      { column: 'region', desc: true },
      { column: 'created', desc: false },
    ]);
    for (const [index, view] of sorted.entries()) {
      const next = sorted[index + 1];
      if (!next) continue;
      expect(view.row.region >= next.row.region).toBe(true);
      if (view.row.region === next.row.region) {
        expect(created(view) <= created(next)).toBe(true);
      }
    }
  });

  function created(view: (typeof views)[number]): string {
    return view.row.metadata.status === 'known' ? view.row.metadata.value.creationDate : '';
  }
});
