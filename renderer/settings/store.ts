import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract';
import { settingsSchema, type Settings } from '../../shared/contract/settings';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';

export interface SettingsState {
  /** As main keeps them; the defaults until they have come. */
  readonly values: Settings;
  /** Why they could not be read or kept. */
  readonly error: ErrorInfo | undefined;
  readonly load: () => Promise<void>;
  /** Shows the change at once and takes it back where main could not keep it. */
  readonly update: (patch: Partial<Settings>) => Promise<void>;
}

export type SettingsStore = StoreApi<SettingsState>;

/** Makes the store of the settings; main owns them, the window shows and asks. */
export function createSettingsStore(client: ClavigerClient): SettingsStore {
  // Answers may overtake each other: only the newest change's answer is shown.
  let lastChange = 0;

  return createStore<SettingsState>((set, get) => ({
    values: settingsSchema.parse({}),
    error: undefined,
    async load() {
      try {
        set({ values: await client.settings.get(), error: undefined });
      } catch (error) {
        set({ error: toErrorInfo(error) });
      }
    },
    async update(patch) {
      const change = ++lastChange;
      const before = get().values;
      set({ values: { ...before, ...patch }, error: undefined });
      try {
        const values = await client.settings.set(patch);
        if (change === lastChange) set({ values });
      } catch (error) {
        const undo = Object.fromEntries(
          Object.keys(patch).map((name) => [name, before[name as keyof Settings]]),
        );
        set({ values: { ...get().values, ...undo }, error: toErrorInfo(error) });
      }
    },
  }));
}
