import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyColumns } from '../../../shared/model/keyColumns';
import { keyFacets } from '../../../shared/model/keyLens';
import { formatKeyPlace, parseKeyPlace, parseKeyRef } from '../../../shared/model/keyPlace';
import { keyRefString } from '../../../shared/model/key';
import { keyQuerySchema } from '../../../shared/model/keyQuery';

const columnIds = keyColumns.filter((column) => !column.exportOnly).map((column) => column.id);
const text = (options: fc.StringConstraints) => fc.string({ ...options, unit: 'binary' });

const refs = fc.record({
  connection: fc.oneof(
    fc.constant('practice'),
    text({ maxLength: 30 }).map((name) => `profile:${name}`),
  ),
  region: fc.constantFrom('eu-central-1', 'us-gov-west-1'),
  keyId: fc.constantFrom('1234abcd-12ab-34cd-56ef-1234567890ab', 'mrk-1234abcd12ab34cd56ef'),
});
const filterValues = fc
  .uniqueArray(text({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 8 })
  .map((values) => values.sort());
const places = fc.record(
  {
    query: fc.record({
      search: text({ maxLength: 200 }),
      filters: fc
        .subarray([...keyFacets])
        .chain((facets) =>
          fc.record(Object.fromEntries(facets.map((facet) => [facet, filterValues]))),
        )
        .map((filters) => ({ ...filters })),
      sort: fc.uniqueArray(
        fc.record({ column: fc.constantFrom(...columnIds), desc: fc.boolean() }),
        { maxLength: 5, selector: (sort) => sort.column },
      ),
    }),
    open: refs,
  },
  { requiredKeys: ['query'] },
);

describe('the address of the key screen', () => {
  it('reads as a person would write it', () => {
    const place = parseKeyPlace(
      'q=billing&state=PendingDeletion&sort=-created,alias&key=practice/eu-west-1/mrk-1',
    );
    expect(place).toEqual({
      query: {
        search: 'billing',
        filters: { state: ['PendingDeletion'] },
        sort: [
          { column: 'created', desc: true },
          { column: 'alias', desc: false },
        ],
      },
      open: { connection: 'practice', region: 'eu-west-1', keyId: 'mrk-1' },
    });
    expect(formatKeyPlace(place)).toBe(
      'q=billing&state=PendingDeletion&sort=-created,alias&key=practice/eu-west-1/mrk-1',
    );
  });

  it('brings back every place from its text', () => {
    fc.assert(
      fc.property(places, (place) => {
        expect(parseKeyPlace(formatKeyPlace(place))).toEqual(place);
      }),
    );
  });

  it('takes any text at all and gives a valid query', () => {
    const anything = fc.oneof(
      text({ maxLength: 400 }),
      fc
        .array(fc.tuple(fc.constantFrom(...keyFacets, 'q', 'sort', 'key', 'x'), text({})))
        .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&')),
    );
    fc.assert(
      fc.property(anything, (address) => {
        const { query } = parseKeyPlace(address);
        expect(keyQuerySchema.parse(query)).toEqual(query);
        expect(parseKeyPlace(formatKeyPlace(parseKeyPlace(address)))).toEqual(
          parseKeyPlace(address),
        );
      }),
    );
  });

  it('leaves out what it does not know: facets, columns, broken escapes', () => {
    const place = parseKeyPlace('colour=red&sort=size,-region,region,arn&q=%E0%A4%A');
    expect(place).toEqual({
      query: { search: '', filters: {}, sort: [{ column: 'region', desc: true }] },
    });
  });

  it('finds Region and id behind a profile name with slashes', () => {
    const ref = { connection: 'profile:team/a', region: 'eu-west-1', keyId: 'mrk-1' };
    expect(parseKeyRef(keyRefString(ref))).toEqual(ref);
    expect(parseKeyRef('practice')).toBeUndefined();
  });
});
