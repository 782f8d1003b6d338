import { createHash } from 'node:crypto';
import type { Archive } from '../cloudtrail/archive';

/** An object without its bytes. */
export interface ObjectHead {
  readonly key: string;
  /** When it was written, milliseconds since 1970. */
  readonly at: number;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
}

export interface StoredObject extends ObjectHead {
  readonly body: Buffer;
  readonly metadata: ObjectMetadata;
}

export interface ObjectMetadata {
  readonly contentType?: string;
  readonly contentEncoding?: string;
  /** The caller's own (`x-amz-meta-*`), lower-case names without the prefix. */
  readonly own?: Readonly<Record<string, string>>;
  /** Its bytes are made when they are asked for, and are the same each time. */
  readonly lazy?: boolean;
}

/** The objects of every bucket, by key in S3's order (bytes of UTF-8). */
export interface ObjectStore {
  put(bucket: string, key: string, object: NewObject): string;
  /** Notes an object whose bytes `makeBody` gives. */
  putLazy(bucket: string, key: string, at: number, metadata: ObjectMetadata): void;
  get(bucket: string, key: string): StoredObject | undefined;
  /** Up to `limit` objects whose key begins with `prefix` and comes after `after`. */
  list(bucket: string, prefix: string, after: string, limit: number): ObjectHead[];
  delete(bucket: string, key: string): void;
  isEmpty(bucket: string): boolean;
}

export interface NewObject {
  readonly body: Uint8Array;
  readonly at: number;
  readonly metadata: ObjectMetadata;
}

interface Row {
  key: string;
  at: number;
  size: number | null;
  etag: string | null;
  metadata: string;
  body: Uint8Array | null;
}

/** @param makeBody gives the bytes of an object that was put without them */
export function openObjectStore(
  { db }: Archive,
  makeBody: (bucket: string, key: string) => Buffer,
): ObjectStore {
  const insert = db.prepare(
    'INSERT OR REPLACE INTO object (bucket, key, at, size, etag, metadata, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const select = db.prepare('SELECT * FROM object WHERE bucket = ? AND key = ?');
  const page = db.prepare(
    'SELECT key, at, size, etag FROM object WHERE bucket = ? AND key > ? AND key >= ? AND key < ? ORDER BY key LIMIT ?',
  );
  const measure = db.prepare('UPDATE object SET size = ?, etag = ? WHERE bucket = ? AND key = ?');
  const remove = db.prepare('DELETE FROM object WHERE bucket = ? AND key = ?');
  const any = db.prepare('SELECT 1 FROM object WHERE bucket = ? LIMIT 1');
  const made = (bucket: string, key: string) => {
    const body = makeBody(bucket, key);
    const etag = etagOf(body);
    measure.run(body.length, etag, bucket, key);
    return { body, size: body.length, etag };
  };
  return {
    put(bucket, key, { body, at, metadata }) {
      const etag = etagOf(body);
      insert.run(bucket, key, at, body.length, etag, JSON.stringify(metadata), body);
      return etag;
    },
    putLazy(bucket, key, at, metadata) {
      const lazy = JSON.stringify({ ...metadata, lazy: true } satisfies ObjectMetadata);
      insert.run(bucket, key, at, null, null, lazy, null);
    },
    get(bucket, key) {
      const row = select.get(bucket, key) as Row | undefined;
      if (!row) return undefined;
      const metadata = JSON.parse(row.metadata) as ObjectMetadata;
      if (metadata.lazy) return { key, at: row.at, metadata, ...made(bucket, key) };
      const body = Buffer.from(row.body ?? []);
      return { key, at: row.at, metadata, body, size: body.length, etag: row.etag ?? etagOf(body) };
    },
    list(bucket, prefix, after, limit) {
      const rows = page.all(
        bucket,
        after,
        prefix,
        `${prefix}\u{10ffff}`,
        limit,
      ) as unknown as Row[];
      return rows.map(({ key, at, size, etag }) =>
        size === null || etag === null
          ? { key, at, ...withoutBody(made(bucket, key)) }
          : { key, at, size, etag },
      );
    },
    delete: (bucket, key) => void remove.run(bucket, key),
    isEmpty: (bucket) => any.get(bucket) === undefined,
  };
}

function withoutBody({ size, etag }: { size: number; etag: string }) {
  return { size, etag };
}

function etagOf(body: Uint8Array): string {
  return createHash('md5').update(body).digest('hex');
}
