import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract';
import type { Reminder } from '../../shared/model/drills/reminders';

/** What the drill screens are told by something other than their own calls. */
export interface DrillsState {
  /** Which drills have come further, and how often. */
  readonly turns: ReadonlyMap<string, number>;
  readonly changed: (drill: string) => void;
  /** What waits for a person; undefined until it was read. */
  readonly reminders: readonly Reminder[] | undefined;
  readonly loadReminders: () => Promise<void>;
  /** How often canaries were made on schedule. */
  readonly canaryTurns: number;
  readonly canariesMade: () => void;
}

export type DrillsStore = StoreApi<DrillsState>;

/** Made once for the window. */
export function createDrillsStore(client: ClavigerClient): DrillsStore {
  return createStore<DrillsState>((set, get) => ({
    turns: new Map(),
    changed(drill) {
      const { turns } = get();
      set({ turns: new Map(turns).set(drill, (turns.get(drill) ?? 0) + 1) });
    },
    reminders: undefined,
    async loadReminders() {
      try {
        set({ reminders: await client.drills.reminders() });
      } catch {
        // The list of drills says why; a badge without an answer shows nothing.
        set({ reminders: undefined });
      }
    },
    canaryTurns: 0,
    canariesMade: () => set({ canaryTurns: get().canaryTurns + 1 }),
  }));
}
