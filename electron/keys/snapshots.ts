import {
  keyRowSchema,
  scopeReportSchema,
  type KeyRow,
  type ScopeReport,
} from '../../shared/model/key';
import { facetNames, type FacetName } from '../../shared/model/keyDifferences';
import type { SqlValue, Store } from '../store/types';
import { asOfRow, type StoredKey } from './liveRow';
import { openKeyPast } from './past';

/** Fewer than the contract allows (250): each part is validated on both sides, some 10 ms for 100 rows. */
export const rowsPerPart = 100;

/** Changes told at once. */
const mostDrift = 1000;

/** One Region of one connection. */
export interface Scope {
  readonly connection: string;
  readonly region: string;
}

export interface StoredScope {
  readonly report: ScopeReport;
  /** When all keys of the scope were last listed. */
  readonly listedAt: string | undefined;
}

/** What changed on a key from one reading to the next. */
export interface KeyDrift extends Scope {
  readonly keyId: string;
  readonly arn: string;
  readonly account: string;
  /** `asOf` of the two readings. */
  readonly since: string;
  readonly until: string;
  /** In words of the key table. */
  readonly what: readonly string[];
}

/** The last inventory, in the database. Rows that this version cannot read are left out. */
export interface Snapshots {
  scope(scope: Scope): StoredScope | undefined;
  saveScope(report: ScopeReport, listedAt: string | undefined): void;
  find(scope: Scope, keyId: string): StoredKey | undefined;
  count(scope: Scope): number;
  keyIds(scope: Scope): string[];
  /** Rows of a scope in parts of `size`; the caller may wait between parts. */
  parts(scope: Scope, size: number): IterableIterator<KeyRow[]>;
  /** Saves rows; what changed on them is kept beyond the next reading. */
  save(keys: readonly StoredKey[]): void;
  /** What changed on the keys of scopes, the newest first; at most 1,000. */
  drift(scopes: readonly Scope[]): KeyDrift[];
  remove(scope: Scope, keyIds: readonly string[]): void;
}

export function openSnapshots(store: Store): Snapshots {
  const { db } = store;
  const past = openKeyPast(store);
  const inScope = 'connection = ? AND region = ?';
  const selectScope = db.prepare(`SELECT report, listed_at FROM key_scope WHERE ${inScope}`);
  const insertScope = db.prepare(
    'INSERT OR REPLACE INTO key_scope (connection, region, report, listed_at) VALUES (?, ?, ?, ?)',
  );
  const selectKey = db.prepare(
    `SELECT row, last_known FROM key_row WHERE ${inScope} AND key_id = ?`,
  );
  const selectCount = db.prepare(`SELECT COUNT(*) AS n FROM key_row WHERE ${inScope}`);
  const selectIds = db.prepare(`SELECT key_id FROM key_row WHERE ${inScope}`);
  const selectPart = db.prepare(
    `SELECT id, row FROM key_row WHERE ${inScope} AND id > ? ORDER BY id LIMIT ?`,
  );
  const upsertKey = db.prepare(
    `INSERT INTO key_row (connection, region, key_id, row, last_known) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (connection, region, key_id)
     DO UPDATE SET row = excluded.row, last_known = excluded.last_known`,
  );
  const upsertDrift = db.prepare(
    `INSERT INTO key_drift (connection, region, key_id, arn, account, since, until, what)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (connection, region, key_id, since)
     DO UPDATE SET until = excluded.until, what = excluded.what`,
  );
  const selectDrift = db.prepare(
    `SELECT * FROM key_drift WHERE ${inScope} ORDER BY until DESC, id DESC LIMIT ${mostDrift}`,
  );
  const deleteKey = db.prepare(`DELETE FROM key_row WHERE ${inScope} AND key_id = ?`);

  return {
    scope({ connection, region }) {
      const found = selectScope.get(connection, region);
      const report = scopeReportSchema.safeParse(found && parse(found['report']));
      if (!found || !report.success) return undefined;
      const listedAt = found['listed_at'];
      return {
        report: report.data,
        listedAt: typeof listedAt === 'string' ? listedAt : undefined,
      };
    },
    saveScope(report, listedAt) {
      insertScope.run(report.connection, report.region, JSON.stringify(report), listedAt ?? null);
    },
    find({ connection, region }, keyId) {
      const found = selectKey.get(connection, region, keyId);
      const row = found && readRow(found['row']);
      if (!found || !row) return undefined;
      return { row, lastKnown: readLastKnown(found['last_known']) };
    },
    count: ({ connection, region }) => Number(selectCount.get(connection, region)?.['n'] ?? 0),
    keyIds: ({ connection, region }) =>
      selectIds.all(connection, region).map((found) => String(found['key_id'])),
    *parts({ connection, region }, size) {
      let after: SqlValue = -1;
      for (;;) {
        const found = selectPart.all(connection, region, after, size);
        if (found.length === 0) return;
        after = found.at(-1)?.['id'] ?? null;
        yield found.flatMap((each) => readRow(each['row']) ?? []);
      }
    },
    save(keys) {
      store.transaction(() => {
        for (const key of keys) {
          const { row, lastKnown } = key;
          past.keep(key);
          const { connection, region, keyId } = row;
          upsertKey.run(connection, region, keyId, JSON.stringify(row), JSON.stringify(lastKnown));
          const { change, arn, accountId } = row;
          if (change?.kind !== 'changed') continue;
          const until = asOfRow(row) ?? change.since;
          upsertDrift.run(
            ...([connection, region, keyId, arn, accountId] as const),
            ...([change.since, until, JSON.stringify(change.what)] as const),
          );
        }
      });
    },
    drift(scopes) {
      const found = scopes.flatMap(({ connection, region }) => selectDrift.all(connection, region));
      return found
        .map((row): KeyDrift => {
          const text = (name: string) => String(row[name]);
          return {
            connection: text('connection'),
            region: text('region'),
            keyId: text('key_id'),
            arn: text('arn'),
            account: text('account'),
            since: text('since'),
            until: text('until'),
            what: (parse(row['what']) ?? []) as string[],
          };
        })
        .toSorted((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0))
        .slice(0, mostDrift);
    },
    remove({ connection, region }, keyIds) {
      store.transaction(() => {
        for (const keyId of keyIds) deleteKey.run(connection, region, keyId);
      });
    },
  };
}

function readRow(text: SqlValue | undefined): KeyRow | undefined {
  const row = keyRowSchema.safeParse(parse(text));
  return row.success ? row.data : undefined;
}

const lastKnownSchema = keyRowSchema
  .pick(Object.fromEntries(facetNames.map((name) => [name, true])) as Record<FacetName, true>)
  .partial();

function readLastKnown(text: SqlValue | undefined): StoredKey['lastKnown'] {
  return lastKnownSchema.safeParse(parse(text)).data ?? {};
}

function parse(text: SqlValue | undefined): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
