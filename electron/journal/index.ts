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
  /**
   * Keeps an entry, with its time, until the next one is written or the journal is read, or `flush`:
   * writing waits for the disk, which can take a quarter of a second.
   */
  appendLater(entry: NewEntry): void;
  /** Writes what `appendLater` has kept. */
  readonly flush: () => void;
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
  let kept: TimedEntry[] = [];

  /** Under SQLite's write lock, so that entries of two processes still make one chain. */
  function write(entries: readonly TimedEntry[]): JournalEntry[] {
    const written = store.transaction(() => entries.map(insertOne));
    kept = [];
    for (const entry of written) for (const listener of listeners) listener(entry);
    return written;
  }

  function insertOne({ entry, at }: TimedEntry): JournalEntry {
    const last = newest.get();
    const body: EntryBody = {
      ...entry,
      facts: toFacts(entry.facts),
      what: cleanText(entry.what),
      seq: Number(last?.['seq'] ?? 0) + 1,
      at,
      operator,
      previousHash: String(last?.['hash'] ?? noHash),
    };
    const text = encodeBody(body);
    const hash = hashOf(text);
    insert.run(body.seq, text, hash);
    return { ...body, hash };
  }

  const timed = (entry: NewEntry): TimedEntry => ({ entry, at: now().toISOString() });

  function flush(): void {
    if (kept.length > 0) write(kept);
  }

  /** What cannot be written is told elsewhere; what is written can still be read. */
  function tryFlush(): void {
    try {
      flush();
    } catch {
      // It stays kept.
    }
  }

  return {
    append: (entry) => write([...kept, timed(entry)]).at(-1) as JournalEntry,
    appendLater: (entry) => void kept.push(timed(entry)),
    flush,
    verify: (options) => verifyChain(db, options),
    onAppend(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    handlers: {
      list({ before = Number.MAX_SAFE_INTEGER, limit }) {
        tryFlush();
        return {
          entries: page.all(before, limit).map(toEntry),
          total: Number(count.get()?.['n'] ?? 0),
        };
      },
      verify(_input, { signal, progress }) {
        tryFlush();
        return verifyChain(db, { signal, onProgress: progress });
      },
    },
  };
}

interface TimedEntry {
  readonly entry: NewEntry;
  readonly at: string;
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
