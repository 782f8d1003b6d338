import type { Facet } from '../../../shared/model/facet';
import { keyUsageReadingSchema, type KeyUsageReading } from '../../../shared/model/keyUsage';
import type { Store } from '../../store/types';
import type { Scope } from '../snapshots';

/** What is stored of the last use of keys. Entries that this version cannot read are left out. */
export interface UsageStore {
  all(scope: Scope): KeyUsageReading[];
  save(readings: readonly KeyUsageReading[]): void;
}

export function openUsageStore(store: Store): UsageStore {
  const select = store.db.prepare(
    'SELECT key_id, body FROM key_usage WHERE connection = ? AND region = ?',
  );
  const upsert = store.db.prepare(
    `INSERT INTO key_usage (connection, region, key_id, body) VALUES (?, ?, ?, ?)
     ON CONFLICT (connection, region, key_id) DO UPDATE SET body = excluded.body`,
  );
  return {
    all: ({ connection, region }) =>
      select.all(connection, region).flatMap(({ key_id: keyId, body }) => {
        const usage = parse(body);
        const read = keyUsageReadingSchema.safeParse({ connection, region, keyId, usage });
        return read.success ? [read.data] : [];
      }),
    save(readings) {
      store.transaction(() => {
        for (const { connection, region, keyId, usage } of readings) {
          upsert.run(connection, region, keyId, JSON.stringify(usage satisfies Facet<unknown>));
        }
      });
    },
  };
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
