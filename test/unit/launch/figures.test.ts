import { expect, test } from 'vitest';
import { renderFigures, replaceSections } from '../../../electron/launch/figures';

test('a benchmark becomes a table with rounded figures, and says where it was measured', () => {
  const figures = [{ what: 'All keys', value: 81.4567, unit: 's', goal: '< 98 s' }];
  const text = renderFigures([{ title: 'Inventory', figures }], 'Measured on a machine.');
  expect(text).toContain('## Inventory\n\nMeasured on a machine.\n');
  expect(text).toContain('| All keys | 81.5 s | < 98 s |');
});

test('large figures keep their thousands', () => {
  const figures = [{ what: 'Rows', value: 10_000.4, unit: 'rows' }];
  expect(renderFigures([{ title: 'T', figures }], '')).toContain('| Rows | 10,000 rows |  |');
});

test('new figures replace the old ones of their benchmark and nothing else', () => {
  const first = `${replaceSections('# Page\n', '## Keys\n\nold keys\n\n## TLS\n\nold scans')}\nAfter.\n`;
  const second = replaceSections(first, '## TLS\n\nnew scans\n\n## Events\n\nnew events');
  expect(second).toMatch(/^# Page\n/);
  expect(second).toContain(
    '## Events\n\nnew events\n\n## Keys\n\nold keys\n\n## TLS\n\nnew scans\n',
  );
  expect(second).not.toContain('old scans');
  expect(second).toMatch(/\nAfter\.\n$/);
});
