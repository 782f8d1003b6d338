import { createStore, type StoreApi } from 'zustand/vanilla';
import type { z } from 'zod';
import type { ClavigerClient } from '../../shared/contract';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import type { Coverage, Forgotten, ImportReport } from '../../shared/model/events/coverage';
import type { DigestReport } from '../../shared/model/events/digestReport';
import { eventFacets } from '../../shared/model/events/event';
import type { TriageGroup } from '../../shared/model/events/findings';
import type { EventQuery, facetCountsSchema, Histogram } from '../../shared/model/events/query';
import { indexOfEvent, noPages, type EventPages } from './list/eventPages';
import { createPager, type Pager } from './list/pager';
import { formatEventPlace } from './eventPlace';
import { takeIn, type BucketPlace, type ImportState, type TakeIn } from './takeIn';

export type FacetCounts = z.infer<typeof facetCountsSchema>;

const buckets = 120;
/** The list follows an import so often, in milliseconds. */
const showEveryMs = 5000;

export interface EventsState {
  /** The query that `list`, `facets` and `histogram` answer. */
  readonly query: EventQuery | undefined;
  readonly list: EventPages;
  /** The event whose drawer is open, where it matches, by its number in the list. */
  readonly opened: { readonly eventId: string; readonly seq: number } | undefined;
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
  /** Failed uses of keys, and how many events were looked at for them. */
  readonly triaged:
    { readonly groups: readonly TriageGroup[]; readonly events: number } | undefined;
  readonly validating: { readonly done: number; readonly expected: number } | undefined;
  readonly report: DigestReport | undefined;
  readonly show: (query: EventQuery) => Promise<void>;
  /** Finds the place of the event whose drawer is open. */
  readonly locate: (eventId: string | undefined) => Promise<void>;
  readonly look: Pager['look'];
  readonly inSight: Pager['inSight'];
  readonly read: Pager['read'];
  readonly triage: (query: EventQuery) => Promise<void>;
  readonly takeIn: (source: TakeIn) => Promise<void>;
  readonly validate: (place?: BucketPlace) => Promise<void>;
  readonly cancel: () => void;
}

export type EventsStore = StoreApi<EventsState>;

/** What the window holds of the events: the part of the list that is loaded, and what counts it. */
export function createEventsStore({ events }: Pick<ClavigerClient, 'events'>): EventsStore {
  let asking: AbortController | undefined;
  let working: AbortController | undefined;
  let openId: string | undefined;

  return createStore<EventsState>((set, get) => {
    const pager = createPager({
      events,
      query: () => get().query,
      pages: () => get().list,
      onPages: (list) => set({ list }),
      onOutdated() {
        const { query, loading } = get();
        if (query && !loading) void show(query);
      },
      onError: (error) => set({ error: toErrorInfo(error) }),
    });

    async function show(query: EventQuery): Promise<void> {
      asking?.abort();
      const own = new AbortController();
      asking = own;
      const shown = get().query;
      set({ loading: true, error: undefined });
      const { signal } = own;
      try {
        const again = shown !== undefined && sameQuery(shown, query);
        const pages = again ? pager.renew(query, signal) : pager.open(query, signal);
        const covered = events.coverage(undefined, { signal });
        const counted = Promise.all([
          events.histogram({ query, buckets }, { signal }),
          events.facets({ query, facets: [...eventFacets] }, { signal }),
        ]);
        // The rows need not wait for what is counted beside them.
        counted.catch(() => {});
        const [list, { coverage, forgotten, total: stored }] = await Promise.all([pages, covered]);
        if (asking !== own) return;
        set({ query, list, coverage, forgotten, stored });
        void locate(openId);
        const [histogram, facets] = await counted;
        if (asking === own) set({ histogram, facets, loading: false });
      } catch (error) {
        if (asking === own) set({ loading: false, error: toErrorInfo(error) });
      }
    }

    async function locate(eventId: string | undefined): Promise<void> {
      const { query, list } = get();
      openId = eventId;
      if (eventId === undefined || !query) {
        set({ opened: undefined });
        return;
      }
      const found = (index: number) =>
        set({ opened: index < 0 ? undefined : { eventId, seq: index - get().list.origin } });
      const here = indexOfEvent(list, eventId);
      if (here >= 0) {
        found(here);
        return;
      }
      try {
        const { index } = await events.place({ query, eventId });
        if (get().list.reading === list.reading) found(index ?? -1);
      } catch (error) {
        set({ error: toErrorInfo(error) });
      }
    }

    async function runImport(source: TakeIn): Promise<void> {
      if (get().importing) return;
      const own = new AbortController();
      working = own;
      let shownAt = performance.now();
      const options = {
        signal: own.signal,
        onProgress(importing: ImportState) {
          set({ importing });
          // What came so far can be looked at while the rest comes.
          const { query, loading } = get();
          if (!query || loading) return;
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
        imported = await takeIn(events, source, options);
      } catch (error) {
        failure = toErrorInfo(error);
      }
      // What came is told when it is in the list.
      const { query } = get();
      if (query) await show(query);
      set({ importing: undefined, imported: imported ?? undefined });
      if (failure && failure.code !== 'cancelled') set({ error: failure });
    }

    return {
      query: undefined,
      list: noPages,
      opened: undefined,
      facets: [],
      histogram: undefined,
      coverage: [],
      forgotten: undefined,
      stored: undefined,
      loading: false,
      error: undefined,
      importing: undefined,
      imported: undefined,
      triaged: undefined,
      validating: undefined,
      report: undefined,
      show,
      locate,
      look: (range) => pager.look(range),
      inSight: () => pager.inSight(),
      read: (index) => pager.read(index),
      takeIn: runImport,
      async triage(query) {
        try {
          set({ triaged: await events.triage({ query }) });
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

/** Time of the newest stored event. */
export function newestOf({ coverage }: EventsState): string | undefined {
  return coverage
    .map(({ newest = '' }) => newest)
    .sort()
    .at(-1);
}

function sameQuery(a: EventQuery, b: EventQuery): boolean {
  return (
    formatEventPlace({ view: 'list', query: a }) === formatEventPlace({ view: 'list', query: b })
  );
}
