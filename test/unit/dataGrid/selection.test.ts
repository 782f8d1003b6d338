import { describe, expect, it } from 'vitest';
import { nextSort } from '../../../renderer/keys/nextSort';
import { extendTo, toggleRow, type SelectionState } from '../../../renderer/dataGrid/selection';

const order = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const none: SelectionState = { selected: new Set(), active: undefined, anchor: undefined };

describe('choosing rows', () => {
  it('takes a row and lets it go', () => {
    const one = toggleRow(none, 'b');
    expect([...one.selected]).toEqual(['b']);
    expect([...toggleRow(one, 'b').selected]).toEqual([]);
  });

  it('takes everything between two rows, in either direction', () => {
    const down = extendTo(toggleRow(none, 'b'), 'd', order);
    expect([...down.selected].sort()).toEqual(['b', 'c', 'd']);
    const up = extendTo(toggleRow(none, 'd'), 'b', order);
    expect([...up.selected].sort()).toEqual(['b', 'c', 'd']);
    expect(up.active).toBe('b');
  });

  it('begins at the row itself where the range’s begin has been filtered away', () => {
    const state = { ...none, anchor: 'gone' };
    expect([...extendTo(state, 'c', order).selected]).toEqual(['c']);
  });
});

describe('sorting by a column’s head', () => {
  it('goes ascending, descending, and back to the usual order', () => {
    const first = nextSort([], 'region', false);
    expect(first).toEqual([{ column: 'region', desc: false }]);
    const second = nextSort(first, 'region', false);
    expect(second).toEqual([{ column: 'region', desc: true }]);
    expect(nextSort(second, 'region', false)).toEqual([]);
  });

  it('adds a column with Shift and turns it in its place', () => {
    const two = nextSort([{ column: 'region', desc: false }], 'created', true);
    expect(two.map(({ column }) => column)).toEqual(['region', 'created']);
    expect(nextSort(two, 'region', true)).toEqual([
      { column: 'region', desc: true },
      { column: 'created', desc: false },
    ]);
  });
});
