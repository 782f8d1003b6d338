import type { Collections } from '../account/collections';
import { nextDue } from './lifecycle';
import type { AliasRecord, GrantRecord, KeyRecord } from './model';
import { createSortedIndex } from './sortedIndex';
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
  /** Those that lead to a key, sorted by name. */
  aliasesOfKey(key: KeyRecord): readonly AliasRecord[];

  findGrant(region: string, grantId: string): GrantRecord | undefined;
  putGrant(grant: GrantRecord): void;
  removeGrant(grant: GrantRecord): void;
  /** Of a key, in the order of `grantOrder`. */
  grantsOf(key: KeyRecord): readonly GrantRecord[];
  /** Those of a key whose grantee is exactly this principal. */
  grantsTo(key: KeyRecord, grantee: string): readonly GrantRecord[];
  grantsRetirableBy(region: string, principal: string): readonly GrantRecord[];
}

/** Grants are listed oldest first. */
export function grantOrder({ createdAt, grantId }: GrantRecord): string {
  return `${String(createdAt).padStart(16, '0')} ${grantId}`;
}

/** Opens the keyring over the account's collections. */
export function createKeyring(
  state: Collections,
  happened: Keyring['happened'] = () => {},
): Keyring {
  const keys = state.of<KeyRecord>('kms-key');
  const aliases = state.of<AliasRecord>('kms-alias');
  const grants = state.of<GrantRecord>('kms-grant');
  const idOf = (region: string, id: string) => `${region}/${id}`;
  const keysByRegion = createSortedIndex(
    keys,
    ({ region }) => region,
    ({ keyId }) => keyId,
  );
  const nameOf = ({ name }: AliasRecord) => name;
  const aliasesByRegion = createSortedIndex(aliases, ({ region }) => region, nameOf);
  const aliasesByKey = createSortedIndex(
    aliases,
    ({ region, targetKeyId }) => idOf(region, targetKeyId),
    nameOf,
  );
  const grantsByKey = createSortedIndex(
    grants,
    ({ region, keyId }) => idOf(region, keyId),
    grantOrder,
  );
  const granteeOf = (region: string, keyId: string, grantee: string | undefined) =>
    `${idOf(region, keyId)} ${grantee ?? ''}`;
  const grantsByGrantee = createSortedIndex(
    grants,
    ({ region, keyId, granteePrincipal }) => granteeOf(region, keyId, granteePrincipal),
    grantOrder,
  );
  const grantsByRetiring = createSortedIndex(
    grants,
    ({ region, retiringPrincipal, retiringServicePrincipal }) => {
      const retiring = retiringPrincipal ?? retiringServicePrincipal;
      return retiring === undefined ? undefined : idOf(region, retiring);
    },
    grantOrder,
  );
  const aliasIndexes = [aliasesByRegion, aliasesByKey];
  const grantIndexes = [grantsByKey, grantsByGrantee, grantsByRetiring];
  let due: number | undefined;
  return {
    happened,
    find: (region, keyId) => keys.get(idOf(region, keyId)),
    put(key) {
      const id = idOf(key.region, key.keyId);
      const before = keys.get(id);
      keysByRegion.put(key, before);
      keys.put(id, key);
      // What was the earliest may have become later: then all are asked anew.
      if (before && due !== undefined && nextDue(before) <= due) due = undefined;
      else if (due !== undefined) due = Math.min(due, nextDue(key));
    },
    remove(key) {
      keys.delete(idOf(key.region, key.keyId));
      keysByRegion.remove(key);
      // Copies, as the lists shrink meanwhile: from their ends.
      for (const alias of this.aliasesOfKey(key).toReversed()) this.removeAlias(alias);
      for (const grant of this.grantsOf(key).toReversed()) this.removeGrant(grant);
      due = undefined;
    },
    keysOf: keysByRegion.of,
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
      const id = idOf(alias.region, alias.name);
      const before = aliases.get(id);
      for (const index of aliasIndexes) index.put(alias, before);
      aliases.put(id, alias);
    },
    removeAlias(alias) {
      for (const index of aliasIndexes) index.remove(alias);
      aliases.delete(idOf(alias.region, alias.name));
    },
    aliasesOf: aliasesByRegion.of,
    aliasesOfKey: ({ region, keyId }) => aliasesByKey.of(idOf(region, keyId)),
    findGrant: (region, grantId) => grants.get(idOf(region, grantId)),
    putGrant(grant) {
      const id = idOf(grant.region, grant.grantId);
      const before = grants.get(id);
      for (const index of grantIndexes) index.put(grant, before);
      grants.put(id, grant);
    },
    removeGrant(grant) {
      for (const index of grantIndexes) index.remove(grant);
      grants.delete(idOf(grant.region, grant.grantId));
    },
    grantsOf: ({ region, keyId }) => grantsByKey.of(idOf(region, keyId)),
    grantsTo: ({ region, keyId }, grantee) => grantsByGrantee.of(granteeOf(region, keyId, grantee)),
    grantsRetirableBy: (region, principal) => grantsByRetiring.of(idOf(region, principal)),
  };
}
