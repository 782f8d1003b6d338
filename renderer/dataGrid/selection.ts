import { createStore, type StoreApi } from 'zustand/vanilla';

/** Which rows are chosen, and on which row the keyboard stands. */
export interface SelectionState {
  readonly selected: ReadonlySet<string>;
  readonly active: string | undefined;
  /** Where a range began: Shift extends from here. */
  readonly anchor: string | undefined;
}

/** Makes the selection of one table; it outlives the screen, so that going elsewhere loses nothing. */
export function createSelection(): StoreApi<SelectionState> {
  return createStore<SelectionState>(() => ({
    selected: new Set<string>(),
    active: undefined,
    anchor: undefined,
  }));
}

/** Adds a row to the chosen or takes it away, and begins a range at it. */
export function toggleRow(state: SelectionState, id: string): SelectionState {
  const selected = new Set(state.selected);
  if (!selected.delete(id)) selected.add(id);
  return { selected, active: id, anchor: id };
}

/** Chooses everything between the anchor and `id`, in the order of the table, and keeps the rest. */
export function extendTo(
  state: SelectionState,
  id: string,
  order: readonly { readonly id: string }[],
): SelectionState {
  const anchor = state.anchor ?? state.active ?? id;
  const from = order.findIndex((row) => row.id === anchor);
  const to = order.findIndex((row) => row.id === id);
  if (to < 0) return state;
  const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  const selected = new Set(state.selected);
  for (const row of order.slice(first, last + 1)) selected.add(row.id);
  return { selected, active: id, anchor };
}
