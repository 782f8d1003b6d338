import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract';
import type {
  Fault,
  PracticeRequest,
  PracticeSeed,
  PracticeStatus,
  QuotaMode,
} from '../../shared/contract/practice';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { faultId, readyFaults } from './faults';

/** So many requests are kept and listed. */
export const keptRequests = 2000;
/** The counts of faults and keys are asked for at most so often while requests come in. */
const statusRestMs = 2000;

export interface PracticeState {
  readonly status: PracticeStatus | undefined;
  /** The account's time less this machine's, in milliseconds. */
  readonly clockOffsetMs: number;
  /** What is under way; one thing at a time. */
  readonly busy: 'clock' | 'quotas' | 'faults' | 'reset' | undefined;
  /** Why it is not known how the account stands. */
  readonly error: ErrorInfo | undefined;
  /** The faults offered as switches: ready-made ones, and those that were switched on. */
  readonly faults: readonly Fault[];
  /** The newest requests, newest first. */
  readonly requests: readonly PracticeRequest[];
  /** How many requests in between are not listed: they came too fast, or while nobody looked. */
  readonly skipped: number;
  /** What is listed while the list is paused. */
  readonly paused: readonly PracticeRequest[] | undefined;
  /** Why the requests cannot be watched. */
  readonly watchError: ErrorInfo | undefined;
  /** The dialog that asks whether to reset is open. */
  readonly resetAsked: boolean;
  readonly load: () => Promise<void>;
  readonly moveClock: (move: { by: string } | { to: string }) => Promise<boolean>;
  readonly setQuotas: (mode: QuotaMode) => Promise<boolean>;
  readonly setFault: (fault: Fault, on: boolean) => Promise<boolean>;
  readonly clearFaults: () => Promise<boolean>;
  /** Takes a fault that is off from the list of switches. */
  readonly forgetFault: (fault: Fault) => void;
  readonly reset: (seed: PracticeSeed) => Promise<boolean>;
  readonly askReset: (open: boolean) => void;
  /** Listens to the account's requests until the signal aborts. */
  readonly watch: (signal: AbortSignal) => Promise<void>;
  readonly pause: (on: boolean) => void;
}

export type PracticeStore = StoreApi<PracticeState>;

export interface PracticeStoreOptions {
  readonly client: Pick<ClavigerClient, 'practice'>;
  readonly now: () => number;
  /** Tells the operator in passing what was done or has failed. */
  readonly notify: (note: { title: string; description?: string; type?: 'error' }) => void;
}

/** Makes the store of the practice panel: how the account stands, and the requests it got. */
export function createPracticeStore({ client, now, notify }: PracticeStoreOptions): PracticeStore {
  let loadedAt = -Infinity;
  let run: string | undefined;
  let last = 0;

  return createStore<PracticeState>((set, get) => {
    /** Does one thing to the account and reads how it stands then; false where it failed. */
    async function act(busy: PracticeState['busy'], work: () => Promise<void>): Promise<boolean> {
      if (get().busy) return false;
      set({ busy });
      try {
        await work();
        return true;
      } catch (error) {
        const { message } = toErrorInfo(error);
        notify({
          title: 'The practice account was not changed',
          description: message,
          type: 'error',
        });
        return false;
      } finally {
        set({ busy: undefined });
        await get().load();
      }
    }

    return {
      status: undefined,
      clockOffsetMs: 0,
      busy: undefined,
      error: undefined,
      faults: readyFaults,
      requests: [],
      skipped: 0,
      paused: undefined,
      watchError: undefined,
      resetAsked: false,
      async load() {
        loadedAt = now();
        try {
          const status = await client.practice.status();
          const offset = Date.parse(status.now) - now();
          set({
            status,
            error: undefined,
            clockOffsetMs: Math.abs(offset) < 5000 ? 0 : offset,
            faults: withFaults(get().faults, status.faults),
          });
        } catch (error) {
          set({ error: toErrorInfo(error) });
        }
      },
      moveClock: (move) =>
        act('clock', async () => {
          const { now: time } = await client.practice.moveClock(move);
          notify({
            title: `Practice clock: ${time.slice(0, 10)} ${time.slice(11, 16)} UTC`,
            description: 'What fell due on the way has happened. Refresh the keys to see it.',
          });
        }),
      setQuotas: (mode) => act('quotas', () => client.practice.setQuotas({ mode })),
      setFault: (fault, on) =>
        act('faults', async () => {
          set({ faults: withFaults(get().faults, [fault]) });
          if (on) return client.practice.setFault(fault);
          const { operation, region, kind } = fault;
          return client.practice.clearFaults({
            only: { operation, kind, ...(region && { region }) },
          });
        }),
      clearFaults: () =>
        act('faults', async () => {
          await client.practice.clearFaults({});
          notify({ title: 'All faults of the practice account are off' });
        }),
      forgetFault(fault) {
        set({ faults: get().faults.filter((one) => faultId(one) !== faultId(fault)) });
      },
      reset: (seed) =>
        act('reset', async () => {
          await client.practice.reset({ seed });
          set({ requests: [], skipped: 0, paused: undefined, resetAsked: false });
          notify({
            title: 'The practice account begins anew',
            description: 'Refresh the keys to see it.',
          });
        }),
      askReset: (resetAsked) => set({ resetAsked }),
      async watch(signal) {
        set({ watchError: undefined });
        try {
          await client.practice.watchRequests(
            { after: last, ...(run !== undefined && { run }) },
            {
              signal,
              onProgress: (part) => {
                const sameRun = part.run === run;
                const known = sameRun ? get().requests : [];
                const fresh = part.requests.toReversed();
                run = part.run;
                last = fresh[0]?.seq ?? (known.length > 0 ? last : 0);
                set({
                  requests: [...fresh, ...known].slice(0, keptRequests),
                  // What came before the list was first looked at is not missing from it.
                  skipped: known.length > 0 ? get().skipped + part.skipped : 0,
                });
                if (now() - loadedAt > statusRestMs) void get().load();
              },
            },
          );
        } catch (error) {
          const info = toErrorInfo(error);
          if (info.code !== 'cancelled') set({ watchError: info });
        }
      },
      pause: (on) => set({ paused: on ? get().requests : undefined }),
    };
  });
}

/** The switches with those that were missing among them. */
function withFaults(known: readonly Fault[], more: readonly Fault[]): readonly Fault[] {
  const ids = new Set(known.map(faultId));
  const fresh = more
    .filter((fault) => !ids.has(faultId(fault)))
    .map(({ operation, region, kind, every }) => ({
      operation,
      kind,
      every,
      ...(region !== undefined && { region }),
    }));
  return fresh.length > 0 ? [...known, ...fresh] : known;
}
