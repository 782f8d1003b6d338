import type { KeyboardEvent } from 'react';
import { extendTo, toggleRow } from '../../keys/selection';
import type { EndpointTableProps } from './EndpointTable';

interface TableKeys extends Pick<EndpointTableProps, 'views' | 'selection' | 'onOpen' | 'onCopy'> {
  /** Index of the row on which the keyboard stands; -1 for none. */
  readonly activeIndex: number;
  /** How many rows PageDown moves. */
  readonly pageRows: number;
  readonly scrollTo: (index: number) => void;
}

/**
 * The keyboard of the list, as in the table of keys: j k arrows Home End PageUp PageDown move, with
 * Shift they choose; Enter opens, x or Space chooses, Ctrl+A chooses all, c copies host:port, Esc
 * lets the chosen go.
 */
export function endpointKeyHandler(table: TableKeys): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    // A head's button has its own keys.
    if (event.target !== event.currentTarget || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    if (command ? chooseAll(table, event.key) : press(table, event)) event.preventDefault();
  };
}

function press(table: TableKeys, { key, shiftKey }: KeyboardEvent): boolean {
  const { views, selection, activeIndex, onOpen, onCopy } = table;
  const to = targetOf(table, key);
  if (to !== undefined) return move(table, to, shiftKey);
  const view = views[activeIndex];
  const state = selection.getState();
  switch (key) {
    case 'Enter':
      if (view) onOpen(view);
      return view !== undefined;
    case 'x':
    case ' ':
      if (view) selection.setState(toggleRow(state, view.id));
      return true;
    case 'X':
      if (view) selection.setState(extendTo(state, view.id, views));
      return true;
    case 'c': {
      const chosen = views.filter(({ id }) => state.selected.has(id));
      if (chosen.length > 0 || view) onCopy(chosen.length > 0 || !view ? chosen : [view]);
      return true;
    }
    case 'Escape':
      if (state.selected.size === 0) return false;
      selection.setState({ selected: new Set() });
      return true;
    default:
      return false;
  }
}

function targetOf({ activeIndex, pageRows, views }: TableKeys, key: string): number | undefined {
  switch (key) {
    case 'j':
    case 'J':
    case 'ArrowDown':
      return activeIndex + 1;
    case 'k':
    case 'K':
    case 'ArrowUp':
      return activeIndex - 1;
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

function move({ views, selection, scrollTo }: TableKeys, to: number, extend: boolean): boolean {
  const index = Math.max(0, Math.min(views.length - 1, to));
  const view = views[index];
  if (!view) return true;
  if (extend) selection.setState(extendTo(selection.getState(), view.id, views));
  else selection.setState({ active: view.id, anchor: view.id });
  scrollTo(index);
  return true;
}

function chooseAll({ views, selection }: TableKeys, key: string): boolean {
  if (key !== 'a') return false;
  selection.setState({ selected: new Set(views.map(({ id }) => id)) });
  return true;
}

/** The same keys for the cheat sheet: id, what they do, keys. */
export const tableKeys: readonly (readonly [string, string, readonly string[]])[] = [
  ['next', 'Next row', ['j', 'ArrowDown']],
  ['previous', 'Previous row', ['k', 'ArrowUp']],
  ['open', 'Open the report', ['Enter']],
  ['choose', 'Choose the row', ['x']],
  ['extend', 'Choose up to here', ['shift+x']],
  ['all', 'Choose all rows shown', ['mod+a']],
];
