import type { OutputOf } from '../../shared/contract/define';
import type { journal } from '../../shared/contract/journal';
import type { SqlDatabase } from '../store/types';
import { decodeBody, encodeBody, hashOf, noHash } from './entries';

export type Verification = OutputOf<(typeof journal)['verify']>;

export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: { checked: number; total: number }) => void;
  /** A head hash noted earlier: it has to occur in the chain. */
  readonly expectedHead?: string | undefined;
}

/** Entries that are hashed before the event loop gets its turn; about 5 ms. */
const slice = 500;

/**
 * Recomputes the chain of hashes. Finds entries that were altered, removed, inserted or reordered;
 * a tail that was cut off only where `expectedHead` is given. Rejects when the signal aborts.
 */
export async function verifyChain(
  db: SqlDatabase,
  { signal, onProgress, expectedHead }: VerifyOptions = {},
): Promise<Verification> {
  const total = Number(db.prepare('SELECT COUNT(*) AS n FROM journal').get()?.['n'] ?? 0);
  // By rowid, upwards, and never past the last one of the start: entries appended meanwhile wait for the next time.
  const page = db.prepare('SELECT seq, body, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?');
  let headHash = noHash;
  let checked = 0;
  let lastSeq = Number.MIN_SAFE_INTEGER;
  let headSeen = expectedHead === undefined || expectedHead === noHash;

  while (checked < total) {
    const rows = page.all(lastSeq, Math.min(slice, total - checked));
    if (rows.length === 0) break;
    for (const row of rows) {
      const { seq, body, hash } = row as { seq: number; body: string; hash: string };
      const reason = wrong(seq, body, hash, checked + 1, headHash);
      if (reason !== undefined) {
        return { ok: false, entries: total, headHash, firstBad: { seq: checked + 1, reason } };
      }
      headHash = hash;
      headSeen ||= hash === expectedHead;
      checked += 1;
      lastSeq = seq;
    }
    onProgress?.({ checked, total });
    await new Promise(setImmediate);
    signal?.throwIfAborted();
  }
  if (!headSeen) {
    return {
      ok: false,
      entries: total,
      headHash,
      firstBad: {
        seq: checked + 1,
        reason: `The journal ends before the entry whose hash was noted (${expectedHead}), or was rewritten.`,
      },
    };
  }
  return { ok: true, entries: total, ...(checked > 0 && { headHash }) };
}

/** Why a stored row is not the entry that belongs at this place, or undefined where it is. */
function wrong(
  seq: number,
  body: string,
  hash: string,
  expectedSeq: number,
  previousHash: string,
): string | undefined {
  if (seq !== expectedSeq) return `Entry ${expectedSeq} is missing; the next one there is ${seq}.`;
  if (hashOf(body) !== hash) return 'The entry does not match its hash: it was altered.';
  const entry = decodeBody(body);
  if (!entry || encodeBody(entry) !== body) return 'The stored text is not a journal entry.';
  if (entry.seq !== seq) return `The entry says of itself that it is number ${entry.seq}.`;
  if (entry.previousHash !== previousHash) {
    return 'The entry does not follow the one before it: entries were altered, removed or inserted.';
  }
  return undefined;
}
