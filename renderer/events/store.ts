import { createStore, type StoreApi } from 'zustand/vanilla';
import type { z } from 'zod';
import type { ClavigerClient } from '../../shared/contract';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import type { Coverage, Forgotten, ImportReport } from '../../shared/model/events/coverage';
import type { DigestReport } from '../../shared/model/events/digestReport';
import { eventFacets, type EventRow } from '../../shared/model/events/event';
import type { TriageGroup } from '../../shared/model/events/findings';
import type { EventQuery, facetCountsSchema, Histogram } from '../../shared/model/events/query';

export type FacetCounts = z.infer<typeof facetCountsSchema>;

/** Events asked for at once. */
const pageSize = 200;
const buckets = 120;
/** The list follows an import so often, in milliseconds. */
const showEveryMs = 5000;

export interface ImportState {
  readonly what: string;
  readonly done: number;
  readonly expected: number;
  readonly events: number;
  readonly remainingSeconds?: number | undefined;
  /** Requests a second that are made in each Region. */
  readonly perSecond?: number | undefined;
}

export interface EventsState {
  /** The query that `rows`, `facets` and `histogram` answer. */
  readonly query: EventQuery | undefined;
  readonly rows: readonly EventRow[];
  readonly total: number;
  readonly facets: readonly FacetCounts[];
  readonly histogram: Histogram | undefined;
  readonly coverage: readonly Coverage[];
  readonly forgotten: Forgotten | undefined;
  /** All stored events; undefined until that is known. */
  readonly stored: number | undefined;
  readonly loading: boolean;
  readonly error: ErrorInfo | undefined;
  readonly importing: ImportState | undefined;
  readonly imported: ImportReport | undefined;
  readonly groups: readonly TriageGroup[] | undefined;
  readonly validating: { readonly done: number; readonly expected: number } | undefined;
  readonly report: DigestReport | undefined;
  readonly show: (query: EventQuery) => Promise<void>;
  readonly loadMore: () => Promise<void>;
  readonly triage: (query: EventQuery) => Promise<void>;
  readonly takeIn: (source: TakeIn) => Promise<void>;
  readonly validate: (place?: BucketPlace) => Promise<void>;
  readonly cancel: () => void;
}

export type EventsStore = StoreApi<EventsState>;

export interface BucketPlace {
  readonly connection: string;
  readonly region: string;
  readonly uri: string;
}

/** Where events are taken from. */
export type TakeIn =
  | { readonly kind: 'lookup' }
  | { readonly kind: 'files' | 'folder' }
  | { readonly kind: 'dropped'; readonly files: readonly File[] }
  | { readonly kind: 'bucket'; readonly place: BucketPlace }
  | { readonly kind: 'athena'; readonly plan: { readonly id: string; readonly costUsd: number } };

/** What the window holds of the events: the part of the list that is loaded, and what counts it. */
export function createEventsStore({ events }: Pick<ClavigerClient, 'events'>): EventsStore {
  let asking: AbortController | undefined;
  let working: AbortController | undefined;

  return createStore<EventsState>((set, get) => {
    async function show(query: EventQuery): Promise<void> {
      asking?.abort();
      const own = new AbortController();
      asking = own;
      set({ loading: true, error: undefined });
      const { signal } = own;
      try {
        const [coverage, page, facets, histogram] = await Promise.all([
          events.coverage(undefined, { signal }),
          events.page({ query, offset: 0, limit: pageSize }, { signal }),
          events.facets({ query, facets: [...eventFacets] }, { signal }),
          events.histogram({ query, buckets }, { signal }),
        ]);
        if (asking !== own) return;
        set({
          query,
          rows: page.rows,
          total: page.total,
          facets,
          histogram,
          coverage: coverage.coverage,
          forgotten: coverage.forgotten,
          stored: coverage.total,
          loading: false,
        });
      } catch (error) {
        if (asking === own) set({ loading: false, error: toErrorInfo(error) });
      }
    }

    async function loadMore(): Promise<void> {
      const { query, rows, total, loading } = get();
      if (!query || loading || rows.length >= total) return;
      set({ loading: true });
      try {
        const page = await events.page({ query, offset: rows.length, limit: pageSize });
        if (get().query === query) set({ rows: [...rows, ...page.rows] });
      } catch (error) {
        set({ error: toErrorInfo(error) });
      } finally {
        set({ loading: false });
      }
    }

    async function takeIn(source: TakeIn): Promise<void> {
      if (get().importing) return;
      const own = new AbortController();
      working = own;
      let shownAt = performance.now();
      const options = {
        signal: own.signal,
        onProgress(importing: ImportState) {
          set({ importing });
          // What came so far can be looked at while the rest comes.
          const { query, loading, rows } = get();
          if (!query || loading || rows.length > pageSize) return;
          if (performance.now() - shownAt < showEveryMs) return;
          shownAt = performance.now();
          void show(query);
        },
      };
      set({
        importing: { what: '', done: 0, expected: 0, events: 0 },
        imported: undefined,
        error: undefined,
      });
      let imported: ImportReport | null = null;
      let failure: ErrorInfo | undefined;
      try {
        imported = await ask(source, options);
      } catch (error) {
        failure = toErrorInfo(error);
      }
      // What came is told when it is in the list.
      const { query } = get();
      if (query) await show(query);
      set({ importing: undefined, imported: imported ?? undefined });
      if (failure && failure.code !== 'cancelled') set({ error: failure });
    }

    async function ask(
      source: TakeIn,
      options: { signal: AbortSignal; onProgress: (progress: ImportState) => void },
    ): Promise<ImportReport | null> {
      if (source.kind === 'lookup') return events.lookup(undefined, options);
      if (source.kind === 'bucket') return events.importBucket(source.place, options);
      if (source.kind === 'athena') {
        const { id: planId, costUsd } = source.plan;
        return events.importAthena({ planId, costUsd }, options);
      }
      if (source.kind !== 'dropped') return events.importFiles({ what: source.kind }, options);
      let sum: ImportReport | null = null;
      for (const [done, file] of source.files.entries()) {
        const { name } = file;
        options.onProgress({
          what: name,
          done,
          expected: source.files.length,
          events: sum?.events ?? 0,
        });
        const bytes = new Uint8Array(await file.arrayBuffer());
        const report = await events.importDropped({ name, bytes }, { signal: options.signal });
        sum = sum ? added(sum, report) : report;
      }
      return sum;
    }

    return {
      query: undefined,
      rows: [],
      total: 0,
      facets: [],
      histogram: undefined,
      coverage: [],
      forgotten: undefined,
      stored: undefined,
      loading: false,
      error: undefined,
      importing: undefined,
      imported: undefined,
      groups: undefined,
      validating: undefined,
      report: undefined,
      show,
      loadMore,
      takeIn,
      async triage(query) {
        try {
          set({ groups: (await events.triage({ query })).groups });
        } catch (error) {
          set({ error: toErrorInfo(error) });
        }
      },
      async validate(place) {
        if (get().validating) return;
        const own = new AbortController();
        working = own;
        set({ validating: { done: 0, expected: 0 }, report: undefined, error: undefined });
        const options = {
          signal: own.signal,
          onProgress: (validating: { done: number; expected: number }) => set({ validating }),
        };
        try {
          const report = place
            ? await events.validateBucket(place, options)
            : await events.validateFolder(undefined, options);
          set({ report: report ?? undefined });
        } catch (error) {
          const info = toErrorInfo(error);
          if (info.code !== 'cancelled') set({ error: info });
        } finally {
          set({ validating: undefined });
        }
      },
      cancel: () => working?.abort(),
    };
  });
}

function added(a: ImportReport, b: ImportReport): ImportReport {
  return {
    files: a.files + b.files,
    events: a.events + b.events,
    added: a.added + b.added,
    duplicates: a.duplicates + b.duplicates,
    problems: [...a.problems, ...b.problems],
    ms: a.ms + b.ms,
  };
}
