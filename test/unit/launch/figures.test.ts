import { expect, test } from 'vitest';
import { renderFigures, replaceSection } from '../../../electron/launch/figures';

test('a benchmark becomes a table with rounded figures', () => {
  const text = renderFigures([
    {
      title: 'Inventory',
      figures: [{ what: 'All keys', value: 81.4567, unit: 's', goal: '< 98 s' }],
    },
  ]);
  expect(text).toContain('## Inventory');
  expect(text).toContain('| All keys | 81.5 s | < 98 s |');
});

test('large figures keep their thousands', () => {
  const figures = [{ what: 'Rows', value: 10_000.4, unit: 'rows' }];
  expect(renderFigures([{ title: 'T', figures }])).toContain('| Rows | 10,000 rows |  |');
});

test('new figures replace the old ones and nothing around them', () => {
  const first = `${replaceSection('# Page\n', 'old')}\nAfter.\n`;
  const second = replaceSection(first, 'new');
  expect(second).toContain('# Page');
  expect(second).toContain('new');
  expect(second).not.toContain('old');
  expect(second).toContain('After.');
});
