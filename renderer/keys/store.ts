import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract/index';
import type { InventoryProgress } from '../../shared/contract/keys';
import { AppError, toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { keyRefString, type KeyRow, type ScopeReport } from '../../shared/model/key';
import { clockOffset, noteClock } from './accountClock';
import { isRead, mergeScopes, settled, withoutLost } from './scopes';

/** A part of the inventory to read anew: one connection, or one Region of it. */
export interface RefreshScope {
  readonly connection: string;
  readonly region?: string | undefined;
}

export interface RefreshProgress {
  readonly done: number;
  readonly expected: number;
  readonly remainingSeconds?: number | undefined;
}

export interface KeysState {
  /** `waiting` until the stored snapshot has been read or has failed. */
  readonly phase: 'waiting' | 'ready';
  readonly rows: ReadonlyMap<string, KeyRow>;
  readonly scopes: readonly ScopeReport[];
  /** When the newest part of what is shown was read, in the account's clock. */
  readonly asOf: string | undefined;
  /** By connection, how far the account's clock is from this machine's, in milliseconds. */
  readonly clockOffsets: ReadonlyMap<string, number>;
  /** Present while a refresh runs. */
  readonly progress: RefreshProgress | undefined;
  /** The chosen scope for which it was opened, as `followScope` names it; undefined before. */
  readonly scope: string | undefined;
  /** What has happened to the practice account since it was read; a refresh settles it. */
  readonly outdated: 'clock' | 'reset' | undefined;
  /** Why the last snapshot or refresh failed as a whole. */
  readonly error: ErrorInfo | undefined;
  /** Opens at the first call, and again whenever the operator has chosen other accounts or Regions. */
  readonly followScope: (scope: string | undefined) => void;
  /** Reads the stored snapshot, then refreshes. */
  readonly open: () => Promise<void>;
  readonly refresh: (only?: readonly RefreshScope[]) => Promise<void>;
  readonly cancel: () => void;
  /** The practice account's clock was moved to `now`, or it was made anew: its rows are from before. */
  readonly practiceChanged: (change: 'clock' | 'reset', now: string) => void;
}

export interface KeysStoreOptions {
  readonly client: Pick<ClavigerClient, 'keys'>;
  readonly now: () => number;
  /** Calls back when rows that have gathered should be shown; the first part is always shown at once. */
  readonly schedule: (show: () => void) => void;
  /** Resolves when what has come is on the screen and nothing more urgent is to be done. */
  readonly idle: () => Promise<void>;
}

/** What the window holds of the inventory: rows stream in and replace their predecessors in place. */
export function createKeysStore({
  client,
  now,
  schedule,
  idle,
}: KeysStoreOptions): StoreApi<KeysState> {
  let running: AbortController | undefined;
  /** How often the practice account was changed: a refresh counts only where that did not happen meanwhile. */
  let changes = 0;

  return createStore<KeysState>((set, get) => {
    /** Gathers rows so that the table renders some times a second, not once a part. */
    function rowSink() {
      let gathered: KeyRow[] = [];
      let due = false;
      const show = () => {
        due = false;
        if (gathered.length === 0) return;
        const rows = new Map(get().rows);
        for (const row of gathered) rows.set(keyRefString(row), row);
        const times = gathered.map(({ connection, metadata }) => ({
          connection,
          asOf: 'asOf' in metadata ? metadata.asOf : undefined,
        }));
        const clockOffsets = noteClock(get().clockOffsets, times, now(), false);
        gathered = [];
        set({ rows, clockOffsets });
      };
      return {
        add(rows: readonly KeyRow[]) {
          gathered.push(...rows);
          if (get().rows.size === 0) return show();
          if (!due) schedule(show);
          due = true;
        },
        show,
      };
    }

    function begin(): AbortController {
      running?.abort();
      running = new AbortController();
      return running;
    }

    async function open(): Promise<void> {
      const abort = begin();
      set({ phase: 'waiting', rows: new Map(), scopes: [], asOf: undefined, error: undefined });
      const sink = rowSink();
      try {
        const summary = await client.keys.snapshot(undefined, {
          signal: abort.signal,
          onProgress: (part) => sink.add(part.rows),
        });
        sink.show();
        set({ phase: 'ready', scopes: summary.scopes, asOf: summary.asOf });
      } catch (error) {
        if (running !== abort) return; // another opening has taken over
        set({ phase: 'ready', error: toErrorInfo(error) });
      }
      await idle();
      if (running === abort) await refresh();
    }

    async function refresh(only?: readonly RefreshScope[]): Promise<void> {
      const abort = begin();
      const seen = new Set<string>();
      const sink = rowSink();
      const changesSeen = changes;
      set({ progress: { done: 0, expected: 0 }, error: undefined });
      try {
        const summary = await client.keys.refresh(only ? { only: [...only] } : {}, {
          signal: abort.signal,
          onProgress: (progress) => {
            if (progress.kind === 'rows')
              for (const row of progress.rows) seen.add(keyRefString(row));
            take(progress, sink);
          },
        });
        sink.show();
        set({
          rows: withoutLost(get().rows, seen, summary, only === undefined),
          scopes: only ? mergeScopes(get().scopes, summary.scopes) : summary.scopes,
          asOf: summary.asOf ?? get().asOf,
          outdated: only || changes !== changesSeen ? get().outdated : undefined,
          clockOffsets: noteClock(get().clockOffsets, summary.scopes.filter(isRead), now(), true),
        });
      } catch (error) {
        sink.show();
        if (running === abort && !isCancelled(error)) set({ error: toErrorInfo(error) });
      } finally {
        if (running === abort) {
          running = undefined;
          set({ progress: undefined, scopes: get().scopes.map(settled) });
        }
      }
    }

    function take(progress: InventoryProgress, sink: ReturnType<typeof rowSink>): void {
      switch (progress.kind) {
        case 'rows':
          sink.add(progress.rows);
          break;
        case 'scope':
          set({ scopes: mergeScopes(get().scopes, [progress.scope]) });
          break;
        case 'count':
          set({
            progress: {
              done: progress.done,
              expected: progress.expected,
              remainingSeconds: progress.remainingSeconds,
            },
          });
          break;
      }
    }

    function practiceChanged(change: 'clock' | 'reset', time: string): void {
      changes += 1;
      if (!get().scopes.some(({ connection }) => connection === 'practice')) return;
      const told = [{ connection: 'practice', asOf: time }];
      // What stands here grows old with the account's clock: verdicts turn stale at once.
      const clockOffsets = noteClock(get().clockOffsets, told, now(), true);
      set({ outdated: change, clockOffsets });
    }

    let opened = false;

    function followScope(scope: string | undefined): void {
      const before = get().scope;
      if (scope !== undefined && scope !== before) set({ scope });
      const changed = scope !== undefined && before !== undefined && scope !== before;
      if (opened && !changed) return;
      opened = true;
      void open();
    }

    return {
      scope: undefined,
      followScope,
      phase: 'waiting',
      rows: new Map(),
      scopes: [],
      asOf: undefined,
      clockOffsets: new Map(),
      progress: undefined,
      outdated: undefined,
      error: undefined,
      open,
      refresh,
      cancel: () => running?.abort(),
      practiceChanged,
    };
  });
}

/** The present time in the account of a connection. */
export function accountNow(
  state: Pick<KeysState, 'clockOffsets'>,
  connection: string,
  nowMs: number,
): Date {
  return new Date(nowMs + clockOffset(state.clockOffsets, connection));
}

function isCancelled(error: unknown): boolean {
  return error instanceof AppError && error.code === 'cancelled';
}
