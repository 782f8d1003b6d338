import { useRef, type KeyboardEvent } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { extendTo, toggleRow, type SelectionState } from './selection';

/** A grid of rows that are known by their id, as its keyboard needs it. */
interface GridKeys<V extends { readonly id: string }> {
  readonly views: readonly V[];
  readonly selection: StoreApi<SelectionState>;
  /** The row whose drawer is open, in a table that has one. */
  readonly openId?: string | undefined;
  readonly onOpen: (view: V) => void;
  readonly onCopy: (views: readonly V[]) => void;
  /** Index of the row on which the keyboard stands; -1 for none. */
  readonly activeIndex: number;
  /** How many rows PageDown moves. */
  readonly pageRows: number;
  readonly scrollTo: (index: number) => void;
}

/**
 * The keyboard of the grid: j k arrows Home End PageUp PageDown move, with Shift they choose;
 * Enter opens, x or Space chooses, Ctrl+A chooses all, c copies what names the row, Esc lets the chosen go.
 */
export function gridKeyHandler<V extends { readonly id: string }>(
  table: GridKeys<V>,
): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    // A head's button has its own keys.
    if (event.target !== event.currentTarget || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const handled = command ? chooseAll(table, event.key) : press(table, event);
    if (handled) event.preventDefault();
  };
}

/**
 * Leaves the key after `g` alone: `g k` goes to a screen, though `k` alone moves in the table.
 * The pause is the one that the window's shortcuts have.
 */
export function useSequenceGuard(
  handler: (event: KeyboardEvent<HTMLElement>) => void,
): (event: KeyboardEvent<HTMLElement>) => void {
  const began = useRef(-Infinity);
  return (event) => {
    const within = event.timeStamp - began.current < 1000;
    began.current = event.key === 'g' && !within ? event.timeStamp : -Infinity;
    if (!within && event.key !== 'g') handler(event);
  };
}

function press<V extends { readonly id: string }>(
  table: GridKeys<V>,
  event: KeyboardEvent,
): boolean {
  const { views, selection, activeIndex } = table;
  const target = moveTarget(table, event.key);
  if (target !== undefined) return move(table, target, event.shiftKey);
  const view = views[activeIndex];
  switch (event.key) {
    case 'Enter':
      if (view) table.onOpen(view);
      return view !== undefined;
    case 'x':
    case ' ':
      if (view) selection.setState(toggleRow(selection.getState(), view.id));
      return true;
    case 'X':
      if (view) selection.setState(extendTo(selection.getState(), view.id, views));
      return true;
    case 'c': {
      const { selected } = selection.getState();
      const chosen = views.filter(({ id }) => selected.has(id));
      if (chosen.length > 0) table.onCopy(chosen);
      else if (view) table.onCopy([view]);
      return true;
    }
    case 'Escape':
      return letGo(table);
    default:
      return false;
  }
}

function moveTarget<V extends { readonly id: string }>(
  { activeIndex, pageRows, views }: GridKeys<V>,
  key: string,
): number | undefined {
  switch (key) {
    case 'j':
    case 'J':
    case 'ArrowDown':
      return activeIndex + 1;
    case 'k':
    case 'K':
    case 'ArrowUp':
      return activeIndex < 0 ? 0 : activeIndex - 1;
    case 'PageDown':
      return activeIndex + pageRows;
    case 'PageUp':
      return activeIndex - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return views.length - 1;
    default:
      return undefined;
  }
}

function move<V extends { readonly id: string }>(
  table: GridKeys<V>,
  to: number,
  extend: boolean,
): boolean {
  const { views, selection, scrollTo } = table;
  const index = Math.max(0, Math.min(views.length - 1, to));
  const view = views[index];
  if (!view) return true;
  if (extend) selection.setState(extendTo(selection.getState(), view.id, views));
  else selection.setState({ active: view.id, anchor: view.id });
  scrollTo(index);
  return true;
}

function chooseAll<V extends { readonly id: string }>(
  { views, selection }: GridKeys<V>,
  key: string,
): boolean {
  if (key !== 'a') return false;
  selection.setState({ selected: new Set(views.map((view) => view.id)) });
  return true;
}

/** An open drawer has Esc first; then it lets go what was chosen. */
function letGo<V extends { readonly id: string }>({ selection, openId }: GridKeys<V>): boolean {
  if (openId !== undefined || selection.getState().selected.size === 0) return false;
  selection.setState({ selected: new Set() });
  return true;
}
