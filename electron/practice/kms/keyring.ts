import type { Collections } from '../account/collections';
import { nextDue } from './lifecycle';
import type { AliasRecord, GrantRecord, KeyRecord } from './model';
import type { ServiceHappening } from '../cloudtrail/serviceEvents';

/** The keys, aliases and grants of one account, with the orders in which AWS lists them. */
export interface Keyring {
  /** Tells what KMS does to a key by itself, for CloudTrail. */
  happened(happening: ServiceHappening): void;
  find(region: string, keyId: string): KeyRecord | undefined;
  put(key: KeyRecord): void;
  /** Takes the key away with its aliases and grants. */
  remove(key: KeyRecord): void;
  /** Sorted by key id. */
  keysOf(region: string): readonly KeyRecord[];
  all(): IterableIterator<KeyRecord>;
  /** The same multi-Region key in every Region where it is, this one included. */
  related(key: KeyRecord): readonly KeyRecord[];
  /** The earliest time at which a key changes by itself. */
  readonly nextDue: number;

  findAlias(region: string, name: string): AliasRecord | undefined;
  putAlias(alias: AliasRecord): void;
  removeAlias(alias: AliasRecord): void;
  /** Sorted by name. */
  aliasesOf(region: string): readonly AliasRecord[];

  findGrant(region: string, grantId: string): GrantRecord | undefined;
  grantByToken(token: string): GrantRecord | undefined;
  putGrant(grant: GrantRecord): void;
  removeGrant(grant: GrantRecord): void;
  /** Oldest first. */
  grantsOf(region: string): readonly GrantRecord[];
}

/** Opens the keyring over the account's collections. */
export function createKeyring(
  state: Collections,
  happened: Keyring['happened'] = () => {},
): Keyring {
  const keys = state.of<KeyRecord>('kms-key');
  const aliases = state.of<AliasRecord>('kms-alias');
  const grants = state.of<GrantRecord>('kms-grant');
  const keyLists = sortedByRegion(keys, ({ keyId }) => keyId);
  const aliasLists = sortedByRegion(aliases, ({ name }) => name);
  const grantLists = sortedByRegion(
    grants,
    ({ createdAt, grantId }) => `${String(createdAt).padStart(16, '0')} ${grantId}`,
  );
  const idOf = (region: string, id: string) => `${region}/${id}`;
  let due: number | undefined;
  return {
    happened,
    find: (region, keyId) => keys.get(idOf(region, keyId)),
    put(key) {
      const id = idOf(key.region, key.keyId);
      const before = keys.get(id);
      if (before) keyLists.replace(key);
      else keyLists.forget(key.region);
      keys.put(id, key);
      // What was the earliest may have become later: then all are asked anew.
      if (before && due !== undefined && nextDue(before) <= due) due = undefined;
      else if (due !== undefined) due = Math.min(due, nextDue(key));
    },
    remove(key) {
      keys.delete(idOf(key.region, key.keyId));
      keyLists.forget(key.region);
      for (const alias of aliasLists.of(key.region)) {
        if (alias.targetKeyId === key.keyId) this.removeAlias(alias);
      }
      for (const grant of grantLists.of(key.region)) {
        if (grant.keyId === key.keyId) this.removeGrant(grant);
      }
      due = undefined;
    },
    keysOf: keyLists.of,
    all: () => keys.values(),
    related: (key) =>
      key.multiRegion
        ? [...new Set([...keys.values()].filter(({ keyId }) => keyId === key.keyId))]
        : [key],
    get nextDue() {
      if (due === undefined) {
        due = Infinity;
        for (const key of keys.values()) due = Math.min(due, nextDue(key));
      }
      return due;
    },
    findAlias: (region, name) => aliases.get(idOf(region, name)),
    putAlias(alias) {
      aliases.put(idOf(alias.region, alias.name), alias);
      aliasLists.forget(alias.region);
    },
    removeAlias(alias) {
      aliases.delete(idOf(alias.region, alias.name));
      aliasLists.forget(alias.region);
    },
    aliasesOf: aliasLists.of,
    findGrant: (region, grantId) => grants.get(idOf(region, grantId)),
    grantByToken: (token) => [...grants.values()].find((grant) => grant.token === token),
    putGrant(grant) {
      grants.put(idOf(grant.region, grant.grantId), grant);
      grantLists.forget(grant.region);
    },
    removeGrant(grant) {
      grants.delete(idOf(grant.region, grant.grantId));
      grantLists.forget(grant.region);
    },
    grantsOf: grantLists.of,
  };
}

/** Keeps a sorted list per Region until something of the Region comes or goes. */
function sortedByRegion<T extends { readonly region: string }>(
  source: { values(): IterableIterator<T> },
  order: (item: T) => string,
) {
  const lists = new Map<string, T[]>();
  const of = (region: string): readonly T[] => {
    let list = lists.get(region);
    if (!list) {
      list = [...source.values()]
        .filter((item) => item.region === region)
        .map((item) => [order(item), item] as const)
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([, item]) => item);
      lists.set(region, list);
    }
    return list;
  };
  return {
    of,
    /** A changed item in the place of the old one. */
    replace(item: T) {
      const list = lists.get(item.region);
      if (!list) return;
      const at = lowerBound(list, order(item), order);
      list[at] = item;
    },
    forget: (region: string) => lists.delete(region),
  };
}

function lowerBound<T>(list: readonly T[], key: string, order: (item: T) => string): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(list[middle] as T) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
