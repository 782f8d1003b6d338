import { AppError } from '../../shared/model/errors';
import type { Drill } from '../../shared/model/drills/drill';
import { drillEntrySchema, type DrillEntry } from '../../shared/model/drills/entry';
import { findingSchema, type Finding } from '../../shared/model/drills/finding';
import { whyNot } from '../../shared/model/drills/mayAppend';
import { reduce, replay } from '../../shared/model/drills/reduce';
import type { Store } from '../store/types';
import { encodeEntry, decodeEntry, noHash } from './timeline';

export interface DrillStore {
  ids(): string[];
  /** Throws AppError `not-found`, and `store-corrupt` where an entry cannot be read. */
  get(drill: string): Drill;
  /** Adds entries in one transaction; they are on disk when it returns. Throws AppError `wrong-state`. */
  append(drill: string, ...entries: readonly DrillEntry[]): Drill;
  /** Closes a drill: what `freeze` makes and the entry that names it are stored together or not at all. */
  closing(drill: string, at: string, freeze: () => string): Drill;
  /** The stored lines of a drill, and the hash of the last. */
  timeline(drill: string): { lines: string[]; head: string };
  putFile(drill: string, name: string, bytes: Uint8Array): void;
  file(drill: string, name: string): Buffer | undefined;
  fileNames(drill: string): string[];
  putShare(drill: string, person: string, sealed: string): void;
  share(drill: string, person: string): string | undefined;
  putFinding(drill: string, finding: Finding): void;
  findings(): { drill: string; finding: Finding }[];
}

export function openDrillStore(store: Store): DrillStore {
  const { db } = store;
  const ids = db.prepare('SELECT drill FROM drill_entry WHERE seq = 1 ORDER BY rowid DESC');
  const entries = db.prepare(
    'SELECT seq, body, hash FROM drill_entry WHERE drill = ? ORDER BY seq',
  );
  const last = db.prepare(
    'SELECT seq, hash FROM drill_entry WHERE drill = ? ORDER BY seq DESC LIMIT 1',
  );
  const insert = db.prepare('INSERT INTO drill_entry (drill, seq, body, hash) VALUES (?, ?, ?, ?)');
  const putFile = db.prepare(
    'INSERT OR REPLACE INTO drill_file (drill, name, bytes) VALUES (?, ?, ?)',
  );
  const getFile = db.prepare('SELECT bytes FROM drill_file WHERE drill = ? AND name = ?');
  const names = db.prepare('SELECT name FROM drill_file WHERE drill = ? ORDER BY name');
  const putShare = db.prepare('INSERT OR REPLACE INTO drill_share VALUES (?, ?, ?)');
  const getShare = db.prepare('SELECT sealed FROM drill_share WHERE drill = ? AND person = ?');
  const putFinding = db.prepare('INSERT OR REPLACE INTO drill_finding VALUES (?, ?, ?)');
  const allFindings = db.prepare('SELECT drill, body FROM drill_finding ORDER BY rowid');
  const known = new Map<string, { seq: number; drill: Drill }>();

  function read(id: string): { seq: number; hash: string; drill: Drill | undefined } {
    const newest = last.get(id);
    if (!newest) return { seq: 0, hash: noHash, drill: undefined };
    const [seq, hash] = [Number(newest['seq']), String(newest['hash'])];
    const kept = known.get(id);
    if (kept?.seq === seq) return { seq, hash, drill: kept.drill };
    const drill = replay(entries.all(id).map(({ body }) => readEntry(String(body))));
    known.set(id, { seq, drill });
    return { seq, hash, drill };
  }

  const drills: DrillStore = {
    ids: () => ids.all().map(({ drill }) => String(drill)),
    get(id) {
      const { drill } = read(id);
      if (!drill) throw new AppError('not-found', 'There is no such drill.');
      return drill;
    },
    append: (id, ...added) =>
      store.transaction(() => {
        let { seq, hash, drill } = read(id);
        for (const given of added) {
          const entry = drillEntrySchema.parse(given);
          const refusal = drill && whyNot(drill, entry);
          if (refusal !== undefined) throw new AppError('wrong-state', refusal);
          seq += 1;
          const encoded = encodeEntry(entry, seq, hash);
          insert.run(id, seq, encoded.body, encoded.hash);
          hash = encoded.hash;
          drill = reduce(drill, entry);
        }
        if (!drill) throw new TypeError('nothing was added');
        known.set(id, { seq, drill });
        return drill;
      }),
    closing: (id, at, freeze) =>
      store.transaction(() => {
        const refusal = whyNot(drills.get(id), { kind: 'closed', at, sumsSha256: noHash });
        if (refusal !== undefined) throw new AppError('wrong-state', refusal);
        return drills.append(id, { kind: 'closed', at, sumsSha256: freeze() });
      }),
    timeline(id) {
      const rows = entries.all(id);
      return {
        lines: rows.map(({ body }) => String(body)),
        head: String(rows.at(-1)?.['hash'] ?? noHash),
      };
    },
    putFile: (drill, name, bytes) => void putFile.run(drill, name, bytes),
    file(drill, name) {
      const bytes = getFile.get(drill, name)?.['bytes'];
      return bytes instanceof Uint8Array ? Buffer.from(bytes) : undefined;
    },
    fileNames: (drill) => names.all(drill).map(({ name }) => String(name)),
    putShare: (drill, person, sealed) => void putShare.run(drill, person, sealed),
    share(drill, person) {
      const sealed = getShare.get(drill, person)?.['sealed'];
      return typeof sealed === 'string' ? sealed : undefined;
    },
    putFinding: (drill, finding) => void putFinding.run(drill, finding.id, JSON.stringify(finding)),
    findings: () =>
      allFindings.all().flatMap(({ drill, body }) => {
        const finding = findingSchema.safeParse(JSON.parse(String(body)));
        return finding.success ? [{ drill: String(drill), finding: finding.data }] : [];
      }),
  };
  return drills;
}

function readEntry(body: string): DrillEntry {
  const entry = decodeEntry(body);
  if (entry) return entry.entry;
  throw new AppError('store-corrupt', 'An entry of this drill cannot be read any more.');
}
