import type { JournalEntry } from '../../shared/contract/journal';

/** What a caller says of a deed; number, time, operator and hashes are the journal's own. */
export type NewEntry = Pick<JournalEntry, 'kind' | 'what' | 'facts' | 'outcome'> &
  Partial<Pick<JournalEntry, 'principal' | 'requestId' | 'error'>>;

/** The append-only, hash-chained record of what was done. */
export interface Journal {
  /** Appends and returns the entry; it is on disk when this returns. Throws AppError `disk-full` or `store-corrupt`. */
  append(entry: NewEntry): JournalEntry;
}
