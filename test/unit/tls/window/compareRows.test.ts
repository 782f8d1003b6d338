import { expect, it } from 'vitest';
import { compareRows } from '../../../../renderer/tls/compare/compareRows';
import { exampleScan } from './exampleScans';

it('marks exactly the lines in which two scans differ', () => {
  const before = exampleScan();
  const after = exampleScan({ offered: ['TLS1.2', 'TLS1.3'], unknown: ['TLS1.0'] });
  expect(compareRows(before, before).every(({ same }) => same)).toBe(true);
  const differing = compareRows(before, after).filter(({ same }) => !same);
  expect(differing.map(({ group, name }) => `${group}: ${name}`)).toEqual([
    'Protocols: TLS 1.0',
    'Cipher suites: TLS 1.0',
  ]);
  expect(differing[0]?.values).toEqual([['Offered'], ['Cannot tell']]);
});

it('does not compare what neither scan looked at', () => {
  const bare = exampleScan({ vulnerabilities: [], http: undefined });
  const names = compareRows(bare, bare).map(({ group }) => group);
  expect(names).not.toContain('Vulnerabilities');
  expect(names).not.toContain('HTTP');
});
