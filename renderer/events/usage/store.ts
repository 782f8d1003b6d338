import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../../shared/contract';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import type { KeyExchangeUse } from '../../../shared/model/events/keyExchanges';
import type { EventQuery } from '../../../shared/model/events/query';
import type { ThrottlingReport } from '../../../shared/model/events/throttling/report';

export interface UsageState {
  /** How near to their quotas calls came; undefined until somebody asks: it costs requests at AWS. */
  readonly throttling: readonly ThrottlingReport[] | undefined;
  readonly checking: { readonly done: number; readonly expected: number } | undefined;
  readonly throttlingError: ErrorInfo | undefined;
  /** Callers by key exchange; undefined until that is known. */
  readonly exchanges: readonly KeyExchangeUse[] | undefined;
  readonly exchangesError: ErrorInfo | undefined;
  readonly checkThrottling: () => Promise<void>;
  readonly cancel: () => void;
  readonly loadExchanges: (query: EventQuery) => Promise<void>;
}

export type UsageStore = StoreApi<UsageState>;

/** What the window holds of how keys are used: request quotas, and key exchange of callers. */
export function createUsageStore({ events }: Pick<ClavigerClient, 'events'>): UsageStore {
  let checking: AbortController | undefined;
  let asking: AbortController | undefined;

  return createStore<UsageState>((set, get) => ({
    throttling: undefined,
    checking: undefined,
    throttlingError: undefined,
    exchanges: undefined,
    exchangesError: undefined,
    async checkThrottling() {
      if (get().checking) return;
      checking = new AbortController();
      set({ checking: { done: 0, expected: 0 }, throttlingError: undefined });
      try {
        const options = {
          signal: checking.signal,
          onProgress: (told: { done: number; expected: number }) => set({ checking: told }),
        };
        set({ throttling: await events.throttling(undefined, options) });
      } catch (error) {
        const info = toErrorInfo(error);
        if (info.code !== 'cancelled') set({ throttlingError: info });
      } finally {
        set({ checking: undefined });
      }
    },
    cancel: () => checking?.abort(),
    async loadExchanges(query) {
      asking?.abort();
      const own = new AbortController();
      asking = own;
      try {
        const exchanges = await events.keyExchanges({ query }, { signal: own.signal });
        if (asking === own) set({ exchanges, exchangesError: undefined });
      } catch (error) {
        if (asking === own) set({ exchangesError: toErrorInfo(error) });
      }
    },
  }));
}
