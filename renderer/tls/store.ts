import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract/index';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import type { Endpoint, EndpointEdit, EndpointRow } from '../../shared/model/tls/fleet';
import type { ScanResult } from '../../shared/model/tls/result';

/** How far a scan is. */
export interface ScanProgress {
  readonly done: number;
  /** 0 until main has counted. */
  readonly expected: number;
  /** Hosts that are being asked now. */
  readonly running: readonly string[];
}

/** What a dialog of the TLS screens is about; at most one is open. */
export type TlsDialog =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint | undefined }
  | { readonly kind: 'import' | 'discover' | 'schedule' | 'policy' }
  | { readonly kind: 'remove'; readonly ids: readonly string[] };

export interface TlsState {
  /** `waiting` until the endpoints have been read or that has failed. */
  readonly phase: 'waiting' | 'ready';
  readonly rows: ReadonlyMap<string, EndpointRow>;
  readonly error: ErrorInfo | undefined;
  /** Present while a scan runs that this window has started. */
  readonly scan: ScanProgress | undefined;
  /** Why the last scan failed as a whole. */
  readonly scanError: ErrorInfo | undefined;
  readonly dialog: TlsDialog | undefined;
  /** The list with its filters, to go back to from a report. */
  readonly listPlace: string;
  readonly load: () => Promise<void>;
  /** Scans the endpoints with these ids, or all. One scan at a time. */
  readonly startScan: (ids?: readonly string[]) => Promise<void>;
  readonly cancelScan: () => void;
  readonly save: (edit: EndpointEdit) => Promise<Endpoint>;
  readonly remove: (ids: readonly string[]) => Promise<boolean>;
  /** Adds endpoints that were read, found or offered; gives how many were new. */
  readonly add: (endpoints: readonly EndpointEdit[]) => Promise<number>;
  /** A stored scan never changes: each is asked for once. */
  readonly result: (scan: number) => Promise<ScanResult>;
  readonly open: (dialog: TlsDialog | undefined) => void;
  readonly leaveList: (place: string) => void;
  /** Main has scanned by itself: what is shown is old. */
  readonly scannedBySchedule: () => void;
}

export interface TlsStoreOptions {
  readonly client: Pick<ClavigerClient, 'tls'>;
  /** Calls back when rows that have gathered should be shown. */
  readonly schedule: (show: () => void) => void;
  /** Tells the operator in passing what was done or has failed. */
  readonly notify: (note: { title: string; description?: string; type?: 'error' }) => void;
}

/** Stored scans that are kept in the window: enough to walk back and forth and to compare. */
const keptResults = 24;

/** What the window holds of the endpoints: rows are replaced in place as their scans end. */
export function createTlsStore({ client, schedule, notify }: TlsStoreOptions): StoreApi<TlsState> {
  let loading: AbortController | undefined;
  let scanning: AbortController | undefined;
  const results = new Map<number, Promise<ScanResult>>();

  return createStore<TlsState>((set, get) => {
    /** Gathers rows so that the table renders some times a second, not once an endpoint. */
    const sink = createSink((rows) => set({ rows: withRows(get().rows, rows) }), schedule);

    async function load(): Promise<void> {
      loading?.abort();
      const own = new AbortController();
      loading = own;
      const read: EndpointRow[] = [];
      set({ error: undefined });
      try {
        await client.tls.endpoints(undefined, {
          signal: own.signal,
          onProgress: ({ rows }) => read.push(...rows),
        });
        if (loading === own) set({ phase: 'ready', rows: withRows(new Map(), read) });
      } catch (error) {
        if (loading === own) set({ phase: 'ready', error: toErrorInfo(error) });
      }
    }

    async function startScan(ids?: readonly string[]): Promise<void> {
      if (scanning) return;
      const own = new AbortController();
      scanning = own;
      const expected = ids?.length ?? get().rows.size;
      set({ scan: { done: 0, expected, running: [] }, scanError: undefined });
      try {
        const { scanned, unreachable, ms } = await client.tls.scan(ids ? { ids: [...ids] } : {}, {
          signal: own.signal,
          onProgress: (progress) => {
            if (progress.kind === 'row') sink.add(progress.row);
            else set({ scan: progress });
          },
        });
        const down = unreachable > 0 ? `, ${unreachable} unreachable` : '';
        notify({ title: 'Scan finished', description: `${scanned} scanned${down}, ${took(ms)}` });
      } catch (error) {
        const info = toErrorInfo(error);
        if (info.code === 'cancelled') {
          notify({ title: 'Scan stopped', description: 'What had ended is kept.' });
          // Main stores it a moment later, and tells nobody who has hung up.
          schedule(() => void load());
        } else set({ scanError: info });
      } finally {
        sink.show();
        scanning = undefined;
        set({ scan: undefined });
      }
    }

    return {
      phase: 'waiting',
      rows: new Map(),
      error: undefined,
      scan: undefined,
      scanError: undefined,
      dialog: undefined,
      listPlace: '/tls',
      load,
      startScan,
      cancelScan: () => scanning?.abort(),
      async save(edit) {
        const endpoint = await client.tls.saveEndpoint(edit);
        // Another host or port begins a new history, which main knows.
        await load();
        return endpoint;
      },
      async remove(ids) {
        try {
          const { removed } = await client.tls.removeEndpoints({ ids: [...ids] });
          const gone = new Set(ids);
          set({ rows: new Map([...get().rows].filter(([id]) => !gone.has(id))) });
          notify({ title: removed === 1 ? '1 endpoint removed' : `${removed} endpoints removed` });
          return true;
        } catch (error) {
          notify({
            title: 'Not removed',
            description: toErrorInfo(error).message,
            type: 'error',
          });
          return false;
        }
      },
      async add(endpoints) {
        const { added } = await client.tls.importEndpoints({ endpoints: [...endpoints] });
        await load();
        return added;
      },
      result(scan) {
        const known = results.get(scan);
        if (known) return known;
        const asked = client.tls.result({ scan });
        results.set(scan, asked);
        asked.catch(() => results.delete(scan));
        const [oldest] = results.keys();
        if (results.size > keptResults && oldest !== undefined) results.delete(oldest);
        return asked;
      },
      open: (dialog) => set({ dialog }),
      leaveList: (listPlace) => set({ listPlace }),
      scannedBySchedule() {
        if (get().phase === 'ready') void load();
      },
    };
  });
}

function createSink(
  show: (rows: readonly EndpointRow[]) => void,
  schedule: (show: () => void) => void,
) {
  let gathered: EndpointRow[] = [];
  let due = false;
  const flush = () => {
    due = false;
    if (gathered.length === 0) return;
    const rows = gathered;
    gathered = [];
    show(rows);
  };
  return {
    add(row: EndpointRow) {
      gathered.push(row);
      if (!due) schedule(flush);
      due = true;
    },
    show: flush,
  };
}

function withRows(
  rows: ReadonlyMap<string, EndpointRow>,
  fresh: readonly EndpointRow[],
): ReadonlyMap<string, EndpointRow> {
  const next = new Map(rows);
  for (const row of fresh) next.set(row.endpoint.id, row);
  return next;
}

function took(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
