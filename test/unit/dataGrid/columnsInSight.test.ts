import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridWidth } from '../../../renderer/dataGrid/columns';
import { tableColumns } from '../../../renderer/keys/columns';
import { columnsInSight } from '../../../renderer/dataGrid/columnsInSight';

describe('the columns in sight', () => {
  it('are all of them where the window is wide enough', () => {
    expect(columnsInSight(tableColumns, 0, gridWidth(tableColumns))).toEqual({
      from: 1,
      to: tableColumns.length,
    });
  });

  it('leave out what lies to the right of a narrow window', () => {
    const { from, to } = columnsInSight(tableColumns, 0, 800);
    expect(from).toBe(1);
    expect(to).toBeGreaterThan(4);
    expect(to).toBeLessThan(tableColumns.length);
  });

  it('hold every column of which a pixel is in sight, wherever the table is scrolled to', () => {
    const width = fc.integer({ min: 0, max: 3000 });
    fc.assert(
      fc.property(fc.subarray([...tableColumns]), width, width, (columns, left, visible) => {
        const { from, to } = columnsInSight(columns, left, visible);
        let end = 32;
        for (const [index, column] of columns.entries()) {
          const start = end;
          end += column.width;
          if (index === 0 || end <= left || start >= left + visible) continue;
          expect(index).toBeGreaterThanOrEqual(from);
          expect(index).toBeLessThan(to);
        }
      }),
    );
  });
});
