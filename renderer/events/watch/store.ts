import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../../shared/contract';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import type { Alert, Severity } from '../../../shared/model/events/findings';
import type { Drift, WatchReport } from '../../../shared/model/events/watch/report';
import type { WatchRuleId, WatchSettings } from '../../../shared/model/events/watch/rules';

/** Which alerts are shown. */
export interface AlertFilter {
  readonly rules: readonly WatchRuleId[];
  readonly severities: readonly Severity[];
  readonly accounts: readonly string[];
  /** Back from the newest event; Infinity for all. */
  readonly days: number;
  readonly acknowledged: boolean;
}

export interface WatchState {
  readonly report: WatchReport | undefined;
  readonly looking: boolean;
  readonly error: ErrorInfo | undefined;
  readonly filter: AlertFilter;
  readonly drift: readonly Drift[] | undefined;
  /** Open alerts of high severity when the watch last looked, for the navigation. */
  readonly high: number;
  readonly loadHigh: () => Promise<void>;
  readonly look: () => Promise<void>;
  readonly loadDrift: () => Promise<void>;
  readonly setFilter: (filter: Partial<AlertFilter>) => void;
  /** Both reject with what main answered. */
  readonly acknowledge: (alert: Alert, note: string) => Promise<void>;
  readonly unacknowledge: (alert: Alert) => Promise<void>;
  readonly saveSettings: (settings: WatchSettings) => Promise<void>;
}

export type WatchStore = StoreApi<WatchState>;

/** What the window holds of the watch. */
export function createWatchStore({ events }: Pick<ClavigerClient, 'events'>): WatchStore {
  return createStore<WatchState>((set, get) => {
    let newest = 0;

    async function look(): Promise<void> {
      newest += 1;
      const mine = newest;
      set({ looking: true });
      try {
        const report = await events.watch();
        if (mine !== newest) return;
        set({ report, error: undefined, looking: false });
        await loadHigh();
      } catch (error) {
        if (mine === newest) set({ error: toErrorInfo(error), looking: false });
      }
    }

    async function loadHigh(): Promise<void> {
      try {
        set({ high: (await events.openAlerts())?.high ?? 0 });
      } catch {
        // The number is a courtesy; the view says what is wrong.
      }
    }

    return {
      report: undefined,
      looking: false,
      error: undefined,
      filter: { rules: [], severities: [], accounts: [], days: 90, acknowledged: false },
      drift: undefined,
      high: 0,
      loadHigh,
      look,
      async loadDrift() {
        try {
          set({ drift: await events.drift(), error: undefined });
        } catch (error) {
          set({ error: toErrorInfo(error) });
        }
      },
      setFilter: (change) => set({ filter: { ...get().filter, ...change } }),
      async acknowledge({ id }, note) {
        await events.acknowledge({ id, note });
        await look();
      },
      async unacknowledge({ id }) {
        await events.unacknowledge({ id });
        await look();
      },
      async saveSettings(settings) {
        await events.setWatchSettings(settings);
        await look();
      },
    };
  });
}
