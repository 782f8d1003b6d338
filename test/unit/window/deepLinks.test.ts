import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDeepLink, parseDeepLink } from '../../../electron/window/deepLinks';

test.each([
  ['claviger://keys', '#/keys'],
  ['claviger://keys/', '#/keys'],
  ['CLAVIGER://keys?state=PendingDeletion&sort=-age', '#/keys?state=PendingDeletion&sort=-age'],
  ['claviger://keys?q=a%20b', '#/keys?q=a%20b'],
  ['claviger://journal/12', '#/journal/12'],
  ['claviger://keys?q=<script>', '#/keys?q=%3Cscript%3E'],
  [
    'claviger://keys?key=arn:aws:kms:eu-central-1:111122223333:key%2F12ab',
    '#/keys?key=arn:aws:kms:eu-central-1:111122223333:key%2F12ab',
  ],
])('R28: %s is the place %s', (link, hash) => {
  expect(parseDeepLink(link)).toBe(hash);
});

test.each([
  'claviger://',
  'claviger:keys',
  'claviger://user@keys',
  'claviger://keys:80',
  'claviger://keys#/settings',
  'claviger://keys?q=[x]',
  "claviger://keys?q='onload=",
  'claviger://keys/%zz',
  'claviger://Keys_/x',
  `claviger://keys?q=${'a'.repeat(2000)}`,
  'https://keys',
  'javascript:alert(1)',
  'app://claviger/',
  '--flag',
  '',
])('R28: %s is refused', (link) => {
  expect(parseDeepLink(link)).toBeUndefined();
});

test('R28: whatever the link, the place is a plain hash that stays on the page', () => {
  const link = fc
    .tuple(
      fc.constantFrom('claviger://', 'claviger:', 'claviger:///', 'https://'),
      fc.constantFrom('keys', 'a', '..', 'keys/../..', ''),
      fc.string(),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(link, fc.string()), (text) => {
      const hash = parseDeepLink(text);
      if (hash === undefined) return;
      expect(hash).toMatch(/^#\/[a-z][\w.~:@%/-]*(?:\?[\w.~:@%&=+,*!/-]*)?$/);
      const url = new URL(`app://claviger/${hash}`);
      expect([url.protocol, url.host, url.pathname, url.search]).toEqual([
        'app:',
        'claviger',
        '/',
        '',
      ]);
    }),
    { numRuns: 2000 },
  );
});

test('a deep link is found among arguments, and nothing else is taken for one', () => {
  expect(findDeepLink(['electron', '.', '--flag', 'claviger://keys'])).toBe('claviger://keys');
  expect(findDeepLink(['electron', '/home/claviger', '--allow'])).toBeUndefined();
});
