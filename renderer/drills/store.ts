import { createStore, type StoreApi } from 'zustand/vanilla';

/** Which drills have come further by something other than this window's own calls. */
export interface DrillsState {
  /** By drill, how often. */
  readonly turns: ReadonlyMap<string, number>;
  readonly changed: (drill: string) => void;
}

export type DrillsStore = StoreApi<DrillsState>;

/** Made once for the window. */
export function createDrillsStore(): DrillsStore {
  return createStore<DrillsState>((set, get) => ({
    turns: new Map(),
    changed(drill) {
      const { turns } = get();
      set({ turns: new Map(turns).set(drill, (turns.get(drill) ?? 0) + 1) });
    },
  }));
}
