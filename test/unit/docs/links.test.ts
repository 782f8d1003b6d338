import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../../package.json';
import { inventoryPermissions, iamPolicyText } from '../../../shared/model/iamPolicy';

const root = join(import.meta.dirname, '../../..');
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

test.each(pages)('every file that %s points to is there', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const targets = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, target]) => target ?? '');
  const missing = targets.filter((target) => !existsSync(join(root, dirname(page), target)));
  expect(missing).toEqual([]);
});

test('the README shows the permissions that the program asks for, no more and no fewer', () => {
  const shown = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(JSON.parse(shown)).toEqual(JSON.parse(iamPolicyText(inventoryPermissions)));
});

test('every npm command in the README exists', () => {
  const named = [...readme.matchAll(/npm run (\w+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named));
});
