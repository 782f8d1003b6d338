import { drillEntrySchema, type DrillEntry } from '../../shared/model/drills/entry';
import { canonicalJson } from '../canonicalJson';
import { sha256 } from './digests';

/** `previous` of the first entry. */
export const noHash = '0'.repeat(64);

/** The stored text of an entry, which names the one before, and its hash. */
export function encodeEntry(
  entry: DrillEntry,
  seq: number,
  previous: string,
): { body: string; hash: string } {
  const body = canonicalJson({ seq, previous, entry });
  return { body, hash: sha256(body) };
}

export interface DecodedEntry {
  readonly seq: number;
  readonly previous: string;
  readonly entry: DrillEntry;
}

/** The entry behind a stored text; undefined where the text is none. */
export function decodeEntry(body: string): DecodedEntry | undefined {
  try {
    const { seq, previous, entry } = JSON.parse(body) as Record<string, unknown>;
    const parsed = drillEntrySchema.safeParse(entry);
    if (!parsed.success || typeof seq !== 'number' || typeof previous !== 'string')
      return undefined;
    return { seq, previous, entry: parsed.data };
  } catch {
    return undefined;
  }
}

/** The entries of a timeline whose every line names the one before; or why it is none. */
export function readTimeline(
  lines: readonly string[],
): { entries: DrillEntry[]; head: string } | { why: string } {
  let head = noHash;
  const entries: DrillEntry[] = [];
  for (const [index, line] of lines.entries()) {
    const decoded = decodeEntry(line);
    // Nothing that the entry does not name may hide in its line.
    if (!decoded || encodeEntry(decoded.entry, decoded.seq, decoded.previous).body !== line) {
      return { why: `Line ${index + 1} is no entry of a drill.` };
    }
    if (decoded.seq !== index + 1) return { why: `Line ${index + 1} is out of its place.` };
    if (decoded.previous !== head)
      return { why: `Line ${index + 1} does not follow the one before.` };
    head = sha256(line);
    entries.push(decoded.entry);
  }
  return { entries, head };
}
