import { createHash } from 'node:crypto';
import { journalEntrySchema, type JournalEntry } from '../../shared/contract/journal';
import { canonicalJson } from '../canonicalJson';

/** `previousHash` of the first entry. */
export const noHash = '0'.repeat(64);

/** An entry without its own hash: what the hash is computed over. */
export type EntryBody = Omit<JournalEntry, 'hash'>;
const bodySchema = journalEntrySchema.omit({ hash: true }).strict();

/** The stored text of an entry. */
export function encodeBody(body: EntryBody): string {
  return canonicalJson(body);
}

/** SHA-256 over the UTF-8 bytes of an entry's stored text, hex. */
export function hashOf(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

/** The entry behind a stored text, or undefined where the text is none. */
export function decodeBody(body: string): EntryBody | undefined {
  try {
    return bodySchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
