import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClavigerClient } from '../../shared/contract';
import type { JournalEntry } from '../../shared/contract/journal';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';

/** Entries asked for at once. */
const pageSize = 200;

export interface Verification {
  readonly ok: boolean;
  readonly entries: number;
  readonly headHash?: string | undefined;
  readonly firstBad?: { readonly seq: number; readonly reason: string } | undefined;
}

export interface JournalState {
  /** From the newest down, without a gap. */
  readonly entries: readonly JournalEntry[];
  /** How many there are in all; undefined until the first answer. */
  readonly total: number | undefined;
  readonly loading: boolean;
  readonly error: ErrorInfo | undefined;
  readonly verifying: { readonly checked: number; readonly total: number } | undefined;
  readonly verified: Verification | undefined;
  readonly verifyError: ErrorInfo | undefined;
  /** Reads the newest entries; keeps what is loaded where the two join. */
  readonly loadNewest: () => Promise<void>;
  readonly loadOlder: () => Promise<void>;
  readonly verify: () => Promise<void>;
  readonly cancelVerify: () => void;
}

export type JournalStore = StoreApi<JournalState>;

/** Makes the store of the journal: the part that is loaded, and the last verification. */
export function createJournalStore(client: ClavigerClient): JournalStore {
  let verification: AbortController | undefined;

  return createStore<JournalState>((set, get) => ({
    entries: [],
    total: undefined,
    loading: false,
    error: undefined,
    verifying: undefined,
    verified: undefined,
    verifyError: undefined,
    async loadNewest() {
      set({ loading: true, error: undefined });
      try {
        const { entries, total } = await client.journal.list({ limit: pageSize });
        set({ entries: joined(entries, get().entries), total, loading: false });
      } catch (error) {
        set({ loading: false, error: toErrorInfo(error) });
      }
    },
    async loadOlder() {
      const oldest = get().entries.at(-1);
      if (get().loading || !oldest) return;
      set({ loading: true, error: undefined });
      try {
        const { entries, total } = await client.journal.list({
          before: oldest.seq,
          limit: pageSize,
        });
        const known = get().entries.filter(({ seq }) => seq >= oldest.seq);
        set({ entries: [...known, ...entries], total, loading: false });
      } catch (error) {
        set({ loading: false, error: toErrorInfo(error) });
      }
    },
    async verify() {
      verification?.abort();
      const own = new AbortController();
      verification = own;
      set({ verifying: { checked: 0, total: 0 }, verified: undefined, verifyError: undefined });
      try {
        const verified = await client.journal.verify(undefined, {
          signal: own.signal,
          onProgress: (verifying) => {
            if (verification === own) set({ verifying });
          },
        });
        if (verification === own) set({ verifying: undefined, verified });
      } catch (error) {
        const info = toErrorInfo(error);
        if (verification !== own) return;
        set({ verifying: undefined, verifyError: info.code === 'cancelled' ? undefined : info });
      }
    },
    cancelVerify() {
      verification?.abort();
    },
  }));
}

/** The newest entries with the older ones that follow them without a gap. */
function joined(
  newest: readonly JournalEntry[],
  known: readonly JournalEntry[],
): readonly JournalEntry[] {
  const oldest = newest.at(-1);
  if (!oldest) return newest;
  const older = known.filter(({ seq }) => seq < oldest.seq);
  const meets = older[0]?.seq === oldest.seq - 1;
  return meets ? [...newest, ...older] : newest;
}
