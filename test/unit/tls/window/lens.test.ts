import { describe, expect, it } from 'vitest';
import { createEndpointLens } from '../../../../renderer/tls/list/lens';
import { exampleNow, exampleRow } from './exampleScans';

const lens = createEndpointLens(Date.parse(exampleNow));

describe('an endpoint in the list', () => {
  it('has the worst grade of its addresses, and says how many have none', () => {
    const view = lens(exampleRow('two', [{ grade: 'A' }, { grade: 'C' }, { grade: null }]));
    expect(view).toMatchObject({ grade: 'C', ungraded: 1 });
    expect(view.facets.grade).toEqual(['C']);
  });

  it('never takes a missing grade for a good or a bad one', () => {
    expect(lens(exampleRow('never', [])).grade).toBe('never');
    expect(lens(exampleRow('down', [{ reachable: false, grade: null }])).grade).toBe('unreachable');
    expect(lens(exampleRow('dark', [{ grade: null }])).grade).toBe('unknown');
  });

  it('tells what all addresses offer from what some do and from what is not known', () => {
    const versions = (offered: Record<string, 'yes' | 'no' | 'unknown'>) =>
      Object.entries(offered).map(([version, answer]) => ({
        version: version as 'TLS1.2',
        offered: answer,
      }));
    const view = lens(
      exampleRow('mixed', [
        { versions: versions({ 'TLS1.0': 'no', 'TLS1.1': 'unknown', 'TLS1.2': 'yes' }) },
        { versions: versions({ 'TLS1.0': 'yes', 'TLS1.1': 'no', 'TLS1.2': 'yes' }) },
      ]),
    );
    expect(view.versions).toEqual([
      { version: 'TLS1.2', offered: 'yes' },
      { version: 'TLS1.1', offered: 'unknown' },
      { version: 'TLS1.0', offered: 'some' },
    ]);
    // Who filters by a version wants what offers it, not what may.
    expect(view.facets.version).toEqual(['TLS1.2', 'TLS1.0']);
  });

  it('counts the days of the certificate that ends first, from now and not from the scan', () => {
    const row = exampleRow('ends', [
      { notAfter: '2027-01-01T00:00:00.000Z', daysLeft: 500 },
      { notAfter: '2026-11-29T13:00:00.000Z', daysLeft: 500 },
    ]);
    expect(lens(row)).toMatchObject({ daysLeft: 5, facets: { expiry: ['7'] } });
    const later = createEndpointLens(Date.parse('2026-12-01T00:00:00.000Z'));
    expect(later(row).facets.expiry).toEqual(['expired']);
  });

  it('holds the laxest profile of its addresses, and of an unreachable one says nothing', () => {
    expect(lens(exampleRow('p', [{ profile: 'modern' }, { profile: 'old' }])).profile).toBe('old');
    const down = lens(exampleRow('q', [{ reachable: false, grade: null }]));
    expect(down).toMatchObject({ profile: undefined, postQuantum: undefined, versions: [] });
    expect(down.facets.reached).toEqual(['no']);
  });

  it('is found by what an operator would type', () => {
    const row = exampleRow('shop.example.test', [{ issuer: 'CN=Example CA' }], {
      endpoint: { name: 'Web Shop', owner: 'Payments', tags: ['pci'] },
    });
    for (const word of ['web shop', 'shop.example.test:443', 'payments', 'pci', 'example ca']) {
      expect(lens(row).searchText).toContain(word);
    }
  });

  it('gives the same view for the same row, so that only what changed renders', () => {
    const row = exampleRow('same');
    expect(lens(row)).toBe(lens(row));
    expect(lens({ ...row })).not.toBe(lens(row));
  });
});
