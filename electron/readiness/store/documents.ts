import { createHash } from 'node:crypto';
import {
  evidenceDocumentSchema,
  type EvidenceDocument,
} from '../../../shared/model/readiness/document';
import { canonicalJson, type JsonValue } from '../../canonicalJson';
import { redact } from '../../log/redact';
import type { Store } from '../../store/types';

export interface HashedDocument {
  readonly document: EvidenceDocument;
  readonly sha256: string;
}

/** The documents behind the last evaluation, each with its hash. */
export interface DocumentStore {
  /** Puts a source's documents in place of its earlier ones; takes its time between portions. */
  replace(source: string, documents: Iterable<EvidenceDocument>): Promise<void>;
  find(id: string): HashedDocument | undefined;
  /** The document as it was hashed. */
  text(id: string): string | undefined;
  all(): Iterable<HashedDocument>;
  /** The hash of every document, by id. */
  hashes(): ReadonlyMap<string, string>;
  /** SHA-256 over `[[id, sha256], ...]` of all documents by id, as canonical JSON; and how many. */
  manifest(): { sha256: string; documents: number };
}

/** Documents that are hashed and written before the event loop gets a turn. */
const portion = 50;

export function openDocuments(store: Store): DocumentStore {
  const { db } = store;
  const selectHashes = db.prepare('SELECT id, sha256 FROM readiness_document WHERE source = ?');
  const upsert = db.prepare(
    `INSERT INTO readiness_document (id, source, sha256, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256, body = excluded.body`,
  );
  const remove = db.prepare('DELETE FROM readiness_document WHERE id = ?');
  const selectOne = db.prepare('SELECT body, sha256 FROM readiness_document WHERE id = ?');
  const selectAll = db.prepare('SELECT body, sha256 FROM readiness_document ORDER BY id');
  const selectManifest = db.prepare('SELECT id, sha256 FROM readiness_document ORDER BY id');

  function hashes(): Map<string, string> {
    return new Map(selectManifest.all().map(({ id, sha256 }) => [String(id), String(sha256)]));
  }

  return {
    hashes,
    async replace(source, documents) {
      const before = new Map(
        selectHashes.all(source).map(({ id, sha256 }) => [String(id), String(sha256)]),
      );
      const kept = new Set<string>();
      let changed: { id: string; sha256: string; body: string }[] = [];
      const flush = () => {
        store.transaction(() => {
          for (const { id, sha256, body } of changed) upsert.run(id, source, sha256, body);
        });
        changed = [];
      };
      let count = 0;
      for (const document of documents) {
        const body = canonicalJson(withoutSecrets(document) as JsonValue);
        const sha256 = createHash('sha256').update(body, 'utf8').digest('hex');
        kept.add(document.id);
        if (before.get(document.id) !== sha256) changed.push({ id: document.id, sha256, body });
        if (++count % portion === 0) {
          if (changed.length >= portion) flush();
          await new Promise(setImmediate);
        }
      }
      flush();
      const gone = [...before.keys()].filter((id) => !kept.has(id));
      store.transaction(() => {
        for (const id of gone) remove.run(id);
      });
    },
    find: (id) => read(selectOne.get(id)),
    text(id) {
      const row = selectOne.get(id);
      return row && String(row['body']);
    },
    *all() {
      for (const row of selectAll.iterate()) {
        const found = read(row);
        if (found) yield found;
      }
    },
    manifest() {
      const pairs = [...hashes()];
      const sha256 = createHash('sha256').update(canonicalJson(pairs), 'utf8').digest('hex');
      return { sha256, documents: pairs.length };
    },
  };
}

function read(row: Record<string, unknown> | undefined): HashedDocument | undefined {
  if (!row) return undefined;
  const document = evidenceDocumentSchema.safeParse(JSON.parse(String(row['body'])));
  return document.success ? { document: document.data, sha256: String(row['sha256']) } : undefined;
}

/** Names whose value is a secret wherever it stands, such as a tag's. */
const secretName = /secret$|password|passphrase|token$|private[-_ ]?key$/i;

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return redact(value).replace(/\p{Surrogate}/gu, '\uFFFD');
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' && secretName.test(name) ? '[redacted]' : withoutSecrets(inner),
    ]),
  );
}
