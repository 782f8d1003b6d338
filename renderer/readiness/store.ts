import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import type { ReadinessState, TrendPoint } from '../../shared/model/readiness/state';

/** How far a run of the checks is. */
export interface RunProgress {
  readonly done: number;
  readonly expected: number;
  readonly what: string;
  readonly share?: number | undefined;
}

export interface ReadinessStoreState {
  /** The checklist as it was last judged; undefined until main has told it. */
  readonly state: ReadinessState | undefined;
  readonly trend: readonly TrendPoint[];
  readonly progress: RunProgress | undefined;
  readonly error: ErrorInfo | undefined;
  /** Counts the answers: whoever shows parts of the checklist asks for them anew. */
  readonly turn: number;
  readonly load: () => Promise<void>;
  readonly run: () => Promise<void>;
  readonly cancel: () => void;
}

export type ReadinessStore = StoreApi<ReadinessStoreState>;

/** Evaluations that the trend shows. */
const trendLength = 90;

/** What the window holds of the checklist. Nothing is asked of main before the screen is shown. */
export function createReadinessStore({
  readiness,
}: Pick<ClavigerClient, 'readiness'>): ReadinessStore {
  let running: AbortController | undefined;
  let asked = 0;

  return createStore<ReadinessStoreState>((set, get) => {
    async function load(): Promise<void> {
      asked += 1;
      const own = asked;
      try {
        const [state, trend] = await Promise.all([
          readiness.state(),
          readiness.trend({ limit: trendLength }),
        ]);
        if (own === asked) set({ state, trend, turn: get().turn + 1, error: undefined });
      } catch (error) {
        if (own === asked) set({ error: toErrorInfo(error) });
      }
    }

    async function run(): Promise<void> {
      if (running) return;
      const own = new AbortController();
      running = own;
      set({ progress: { done: 0, expected: 0, what: 'the accounts' }, error: undefined });
      let failure: ErrorInfo | undefined;
      try {
        await readiness.run(
          {},
          { signal: own.signal, onProgress: (progress) => set({ progress }) },
        );
      } catch (error) {
        failure = toErrorInfo(error);
      }
      running = undefined;
      await load();
      set({ progress: undefined });
      if (failure && failure.code !== 'cancelled') set({ error: failure });
    }

    return {
      state: undefined,
      trend: [],
      progress: undefined,
      error: undefined,
      turn: 0,
      load,
      run,
      cancel: () => running?.abort(),
    };
  });
}
