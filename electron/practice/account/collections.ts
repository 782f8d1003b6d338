import type { StoredRow, Storage } from './storage';

/** All entities of one kind by id, held in memory and written through on commit. */
export interface Collection<T> {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  delete(id: string): void;
  values(): IterableIterator<T>;
  readonly size: number;
}

/** The account's state: collections that change together, one transaction a request. */
export interface Collections {
  of<T>(kind: string): Collection<T>;
  /** Writes what changed since the last commit; only then may it be acknowledged. */
  commit(): void;
  clear(): void;
}

/** The collections of one account among several that share a storage. */
export function withinAccount(state: Collections, accountId: string): Collections {
  return { ...state, of: (kind) => state.of(`${kind}@${accountId}`) };
}

/** Loads what `storage` holds. Entities are plain JSON values. */
export function openCollections(storage: Storage): Collections {
  const kinds = new Map<string, Map<string, unknown>>();
  const changed = new Map<string, { kind: string; id: string }>();
  const mapOf = (kind: string) => {
    let map = kinds.get(kind);
    if (!map) kinds.set(kind, (map = new Map()));
    return map;
  };
  for (const { kind, id, json } of storage.load()) {
    if (json !== null) mapOf(kind).set(id, JSON.parse(json));
  }
  const touch = (kind: string, id: string) => changed.set(`${kind} ${id}`, { kind, id });
  return {
    of<T>(kind: string): Collection<T> {
      const map = mapOf(kind) as Map<string, T>;
      return {
        get: (id) => map.get(id),
        put(id, value) {
          map.set(id, value);
          touch(kind, id);
        },
        delete(id) {
          if (map.delete(id)) touch(kind, id);
        },
        values: () => map.values(),
        get size() {
          return map.size;
        },
      };
    },
    commit() {
      if (changed.size === 0) return;
      const rows = [...changed.values()].map(({ kind, id }): StoredRow => {
        const value = mapOf(kind).get(id);
        return { kind, id, json: value === undefined ? null : JSON.stringify(value) };
      });
      storage.write(rows);
      changed.clear();
    },
    clear() {
      storage.clear();
      for (const map of kinds.values()) map.clear();
      changed.clear();
    },
  };
}
