import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  draftOf,
  draftProblems,
  editOf,
  splitHost,
} from '../../../../renderer/tls/dialogs/endpointDraft';
import { endpointEditSchema } from '../../../../shared/model/tls/fleet';
import { exampleRow } from './exampleScans';

describe('an endpoint that is typed', () => {
  it.each([
    ['shop.example.test', { host: 'shop.example.test' }],
    [' shop.example.test:8443 ', { host: 'shop.example.test', port: '8443' }],
    ['https://shop.example.test:8443/cart?x=1', { host: 'shop.example.test', port: '8443' }],
    ['https://shop.example.test/', { host: 'shop.example.test' }],
    ['[2001:db8::1]:443', { host: '2001:db8::1', port: '443' }],
    ['2001:db8::1', { host: '2001:db8::1' }],
  ])('reads %s', (text, expected) => expect(splitHost(text)).toEqual(expected));

  it('says what is wrong, field by field', () => {
    const draft = draftOf(undefined);
    expect(Object.keys(draftProblems(draft))).toEqual(['host']);
    expect(Object.keys(draftProblems({ ...draft, host: 'a b', port: '0' }))).toEqual([
      'host',
      'port',
    ]);
    expect(draftProblems({ ...draft, host: 'a', sni: 'other' })).toHaveProperty('otherName');
    expect(draftProblems({ ...draft, host: 'a', port: '65535' })).toEqual({});
    expect(Object.keys(draftProblems({ ...draft, host: 'a:0' }))).toEqual(['host']);
    expect(draftProblems({ ...draft, host: 'a:65535' })).toEqual({});
  });

  it('is kept as it was where nothing is changed', () => {
    const { endpoint } = exampleRow('a.test', [], {
      endpoint: { name: 'A', sni: '', owner: 'Ops', tags: ['x', 'y'], elbPolicy: 'P' },
    });
    const { createdAt: _, ...same } = endpoint;
    expect(editOf(draftOf(endpoint), endpoint)).toEqual(same);
  });

  it('always fits the contract once it has no problem', () => {
    const text = fc.string({ maxLength: 40 });
    const drafts = fc.record({
      name: text,
      host: text,
      port: fc.oneof(text, fc.integer({ min: -1, max: 70_000 }).map(String)),
      sni: fc.constantFrom('host' as const, 'other' as const, 'none' as const),
      otherName: text,
      owner: text,
      tags: text,
      elbPolicy: text,
      clientCertificate: fc.boolean(),
    });
    fc.assert(
      fc.property(drafts, (draft) => {
        fc.pre(Object.keys(draftProblems(draft)).length === 0);
        expect(endpointEditSchema.safeParse(editOf(draft, undefined)).success).toBe(true);
      }),
    );
  });
});
