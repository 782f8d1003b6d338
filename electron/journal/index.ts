import type { FeatureHandlers } from '../../shared/contract/define';
import type { journal as journalContract, JournalEntry } from '../../shared/contract/journal';
import type { Store } from '../store/types';
import { decodeBody, encodeBody, hashOf, noHash, type EntryBody } from './entries';
import { cleanText, toFacts } from './redact';
import type { Journal, NewEntry } from './types';
import { verifyChain, type Verification, type VerifyOptions } from './verify';

export { toFacts } from './redact';
export type { Journal, NewEntry } from './types';

export interface JournalOptions {
  readonly store: Store;
  readonly now: () => Date;
  /** The operator: user name of the operating system. */
  readonly operator: string;
}

export interface OpenJournal extends Journal {
  readonly handlers: FeatureHandlers<typeof journalContract>;
  /** See verifyChain. */
  verify(options?: VerifyOptions): Promise<Verification>;
  /** Calls `listener` after each entry of this process; gives the function that ends it. */
  onAppend(listener: (entry: JournalEntry) => void): () => void;
}

/** Opens the journal of a store: append-only, hash-chained (docs/journal.md). */
export function openJournal({ store, now, operator }: JournalOptions): OpenJournal {
  const { db } = store;
  const newest = db.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1');
  const insert = db.prepare('INSERT INTO journal (seq, body, hash) VALUES (?, ?, ?)');
  const count = db.prepare('SELECT COUNT(*) AS n FROM journal');
  const page = db.prepare(
    'SELECT seq, body, hash FROM journal WHERE seq < ? ORDER BY seq DESC LIMIT ?',
  );
  const listeners = new Set<(entry: JournalEntry) => void>();

  /** Under SQLite's write lock, so that entries of two processes still make one chain. */
  function append(entry: NewEntry): JournalEntry {
    const appended = store.transaction(() => {
      const last = newest.get();
      const body: EntryBody = {
        ...entry,
        facts: toFacts(entry.facts),
        what: cleanText(entry.what),
        seq: Number(last?.['seq'] ?? 0) + 1,
        at: now().toISOString(),
        operator,
        previousHash: String(last?.['hash'] ?? noHash),
      };
      const text = encodeBody(body);
      const hash = hashOf(text);
      insert.run(body.seq, text, hash);
      return { ...body, hash };
    });
    for (const listener of listeners) listener(appended);
    return appended;
  }

  return {
    append,
    verify: (options) => verifyChain(db, options),
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    handlers: {
      list: ({ before = Number.MAX_SAFE_INTEGER, limit }) => ({
        entries: page.all(before, limit).map(toEntry),
        total: Number(count.get()?.['n'] ?? 0),
      }),
      verify: (_input, { signal, progress }) => verifyChain(db, { signal, onProgress: progress }),
    },
  };
}

/** An entry that cannot be read any more keeps its place in the list; `verify` says what is wrong. */
function toEntry(row: Record<string, unknown>): JournalEntry {
  const { seq, body, hash } = row as { seq: number; body: string; hash: string };
  const entry = decodeBody(body);
  if (entry) return { ...entry, seq, hash };
  return {
    seq,
    at: '',
    operator: '',
    kind: 'program',
    what: 'unreadable entry',
    facts: {},
    outcome: 'failed',
    error: 'store-corrupt',
    previousHash: '',
    hash,
  };
}
