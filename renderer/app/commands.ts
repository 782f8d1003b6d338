import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useApp } from './context';

/**
 * Something the operator can do, by palette or by keys. One list feeds the command palette, the
 * keyboard and the cheat sheet, so none of them can forget a command.
 */
export interface Command {
  /** Stable name: `keys.exportCsv`. */
  readonly id: string;
  /** As a person would ask for it: `Export keys as CSV`. */
  readonly title: string;
  /** Heading in palette and cheat sheet: `Go to`, `Keys`, `View`. */
  readonly group: string;
  /** `mod+k` is a chord, `g k` two keys after each other, `?` the character. Several where it has several. */
  readonly keys?: string | readonly string[] | undefined;
  readonly icon?: LucideIcon | undefined;
  /** Other words by which it is found. */
  readonly keywords?: string | undefined;
  /** False leaves it out of the palette (and its keys dead). */
  readonly enabled?: boolean | undefined;
  /**
   * The component handles the keys by itself while it has the focus (`j`, `k` in a table): the
   * command is listed in the cheat sheet only.
   */
  readonly local?: boolean | undefined;
  readonly run: () => void;
}

/** Where commands register. It is read when the palette opens or a key falls; nobody subscribes. */
export interface CommandRegistry {
  /** `get` is asked anew each time. Gives the function that takes the commands out again. */
  register(get: () => readonly Command[]): () => void;
  /** All enabled commands; of two with one id the later registered counts. */
  all(): readonly Command[];
}

/** Makes an empty registry. */
export function createCommandRegistry(): CommandRegistry {
  const sources = new Set<() => readonly Command[]>();
  return {
    register(get) {
      sources.add(get);
      return () => sources.delete(get);
    },
    all() {
      const byId = new Map<string, Command>();
      for (const get of sources) {
        for (const command of get()) {
          if (command.enabled !== false) byId.set(command.id, command);
        }
      }
      return [...byId.values()];
    },
  };
}

/**
 * Registers a screen's commands and shortcuts for as long as it is shown. The list may be made anew
 * on every render:
 *
 *     useCommands([
 *       { id: 'keys.exportCsv', title: 'Export keys as CSV', group: 'Keys', icon: Download, run: exportCsv },
 *       { id: 'keys.next', title: 'Next row', group: 'Keys', keys: ['j', 'ArrowDown'], local: true, run: next },
 *     ]);
 */
export function useCommands(commands: readonly Command[]): void {
  const { commands: registry } = useApp();
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => registry.register(() => latest.current), [registry]);
}

/** The key sequences of a command as a list. */
export function keysOf(command: Pick<Command, 'keys'>): readonly string[] {
  if (command.keys === undefined) return [];
  return typeof command.keys === 'string' ? [command.keys] : command.keys;
}
