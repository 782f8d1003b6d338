import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointColumns } from '../../../../renderer/tls/list/columns';
import { createEndpointLens, endpointFacets } from '../../../../renderer/tls/list/lens';
import {
  applyEndpointQuery,
  formatQuery,
  parseQuery,
  type EndpointQuery,
} from '../../../../renderer/tls/list/query';
import { exampleNow, exampleRow } from './exampleScans';

const lens = createEndpointLens(Date.parse(exampleNow));
const views = [
  exampleRow('a', [{ grade: 'A', scan: 1 }], { endpoint: { tags: ['prod', 'pci'] } }),
  exampleRow('b', [{ grade: 'F', scan: 2 }], { endpoint: { tags: ['prod'] } }),
  exampleRow('c', [{ grade: 'F', scan: 3 }], { endpoint: { tags: ['test'] } }),
  exampleRow('d', []),
].map(lens);

function shown(query: string): string[] {
  return applyEndpointQuery(views, parseQuery(query)).views.map(({ id }) => id);
}

describe('the list of endpoints', () => {
  it('begins with the worst grade, and with what was never scanned at the end', () => {
    expect(shown('')).toEqual(['b', 'c', 'a', 'd']);
    expect(shown('sort=grade')).toEqual(['d', 'a', 'b', 'c']);
  });

  it('puts what is not known last, whichever way it is sorted', () => {
    expect(shown('sort=expires').at(-1)).toBe('d');
    expect(shown('sort=-expires').at(-1)).toBe('d');
  });

  it('takes values of a facet as alternatives and facets as conditions', () => {
    expect(shown('grade=A&grade=F')).toEqual(['b', 'c', 'a']);
    expect(shown('grade=F&tag=prod')).toEqual(['b']);
    expect(shown('tag=pci')).toEqual(['a']);
    expect(shown('q=nothing')).toEqual([]);
  });

  it('counts for each value what choosing it would show', () => {
    const { counts } = applyEndpointQuery(views, parseQuery('grade=F'));
    expect([...counts.grade]).toEqual(
      expect.arrayContaining([
        ['A', 1],
        ['F', 2],
        ['never', 1],
      ]),
    );
    expect(counts.tag.get('prod')).toBe(1);
    for (const [value, count] of counts.tag) {
      expect(shown(`grade=F&tag=${encodeURIComponent(value)}`)).toHaveLength(count);
    }
  });

  it('keeps any query in its address', () => {
    const text = fc.string({ maxLength: 40, unit: 'grapheme' }).filter((value) => value !== '');
    const query: fc.Arbitrary<EndpointQuery> = fc.record({
      search: fc.string({ maxLength: 100, unit: 'grapheme' }),
      filters: fc
        .dictionary(
          fc.constantFrom(...endpointFacets),
          fc.uniqueArray(text, { minLength: 1, maxLength: 5 }).map((values) => values.sort()),
        )
        .map((filters) => ({ ...filters })),
      sort: fc.record({
        column: fc.constantFrom(...endpointColumns.map(({ id }) => id)),
        desc: fc.boolean(),
      }),
    });
    fc.assert(
      fc.property(query, (before) => {
        expect(parseQuery(formatQuery(before))).toEqual(before);
      }),
    );
  });

  it('makes a query of any address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = parseQuery(text);
        expect(parseQuery(formatQuery(once)).sort).toEqual(once.sort);
        applyEndpointQuery(views, once);
      }),
    );
  });
});
