import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract';
import type { CallOptions } from '../../shared/contract/define';
import type {
  BatchProgress,
  BatchResult,
  ItemResult,
  Source,
} from '../../shared/model/envelope/jobs';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';

/** A batch while it runs: bytes read, of how many, and how fast. */
export interface Running {
  readonly id: string;
  /** `Encrypting`, for people. */
  readonly what: string;
  readonly done: number;
  readonly expected: number;
  readonly bytesPerSecond: number;
  readonly paused: boolean;
  /** Sources that are being worked on, with their own bytes. */
  readonly sources: ReadonlyMap<string, { readonly done: number; readonly expected: number }>;
}

/** The files of one view and what became of each. */
export interface BenchState {
  readonly sources: readonly Source[];
  readonly items: ReadonlyMap<string, ItemResult>;
  /** What could not be taken in. */
  readonly problems: readonly { readonly name: string; readonly message: string }[];
  readonly running: Running | undefined;
  readonly result: BatchResult | undefined;
  /** Why a batch did not come about as a whole. */
  readonly error: ErrorInfo | undefined;
  readonly pick: (what: 'files' | 'folder') => Promise<void>;
  readonly drop: (files: readonly File[]) => Promise<void>;
  readonly remove: (id: string) => void;
  readonly clear: () => void;
  /** Runs a batch over the sources that are named; one at a time. */
  readonly run: (what: string, sources: readonly string[], start: StartBatch) => Promise<void>;
  readonly pause: (paused: boolean) => Promise<void>;
  readonly cancel: () => void;
}

export type Bench = StoreApi<BenchState>;

/** Sends a batch on its way, with its name and its sources. */
export type StartBatch = (
  batch: { batch: string; sources: string[] },
  options: CallOptions<BatchProgress>,
) => Promise<BatchResult>;

/** Makes a bench without files. */
export function createBench({ envelope }: Pick<ClavigerClient, 'envelope'>): Bench {
  let working: AbortController | undefined;
  let batches = 0;

  return createStore<BenchState>((set, get) => {
    async function take(
      ask: Promise<{ sources: Source[]; problems: { name: string; message: string }[] }>,
    ): Promise<void> {
      try {
        const { sources, problems } = await ask;
        const known = new Set(get().sources.map(({ path }) => path));
        const fresh = sources.filter(({ path }) => !known.has(path));
        set({ sources: [...get().sources, ...fresh], problems, result: undefined });
      } catch (error) {
        set({ error: toErrorInfo(error) });
      }
    }

    async function run(what: string, sources: readonly string[], start: StartBatch): Promise<void> {
      if (get().running || sources.length === 0) return;
      batches += 1;
      const batch = `${what.toLowerCase()}-${batches}`;
      const own = new AbortController();
      working = own;
      const items = new Map(get().items);
      for (const id of sources) items.delete(id);
      set({
        items,
        result: undefined,
        error: undefined,
        running: {
          id: batch,
          what,
          done: 0,
          expected: 0,
          bytesPerSecond: 0,
          paused: false,
          sources: new Map(),
        },
      });
      try {
        const result = await start(
          { batch, sources: [...sources] },
          { signal: own.signal, onProgress: follow },
        );
        set({ result });
      } catch (error) {
        const info = toErrorInfo(error);
        if (info.code !== 'cancelled') set({ error: info });
      } finally {
        set({ running: undefined });
      }
    }

    function follow(progress: BatchProgress): void {
      if (progress.kind === 'item') {
        set({ items: new Map(get().items).set(progress.item.source, progress.item) });
        return;
      }
      const { running } = get();
      if (!running) return;
      set({
        running: {
          ...running,
          done: progress.done,
          expected: progress.expected,
          bytesPerSecond: progress.perSecond,
          sources: new Map(progress.running.map((each) => [each.source, each])),
        },
      });
    }

    return {
      sources: [],
      items: new Map(),
      problems: [],
      running: undefined,
      result: undefined,
      error: undefined,
      pick: (what) => take(envelope.pick({ what })),
      drop: (files) => take(envelope.addFiles(undefined, { files })),
      remove(id) {
        set({ sources: get().sources.filter((source) => source.id !== id) });
      },
      clear() {
        if (get().running) return;
        set({ sources: [], items: new Map(), problems: [], result: undefined, error: undefined });
      },
      run,
      async pause(paused) {
        const { running } = get();
        if (!running) return;
        const { found } = await envelope.pause({ batch: running.id, paused });
        const still = get().running;
        if (found && still?.id === running.id) set({ running: { ...still, paused } });
      },
      cancel: () => working?.abort(),
    };
  });
}
