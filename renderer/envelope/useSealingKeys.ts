import { useMemo } from 'react';
import { useStore } from 'zustand';
import { whyNotForEnvelopes } from '../../shared/model/envelope/usableKey';
import { known } from '../../shared/model/facet';
import { keyRefString, type KeyRef } from '../../shared/model/key';
import { useApp, useScope } from '../app';

/** A key that can seal data, with the words by which a person knows it. */
export interface SealingKey {
  readonly id: string;
  readonly ref: KeyRef;
  /** Its first alias, or its id. */
  readonly name: string;
  readonly keyId: string;
  readonly arn: string;
  readonly multiRegion: boolean;
  /** `practice, eu-central-1`. */
  readonly place: string;
}

/** The keys of the inventory that can seal data, and how many cannot. */
export function useSealingKeys(): {
  readonly keys: readonly SealingKey[];
  readonly others: number;
  readonly reading: boolean;
} {
  const { keys: feature } = useApp();
  const { chosen } = useScope();
  const rows = useStore(feature.store, (state) => state.rows);
  const reading = useStore(
    feature.store,
    ({ phase, progress }) => phase === 'waiting' || progress !== undefined,
  );
  return useMemo(() => {
    const names = new Map(chosen.map(({ id, name }) => [id, name]));
    const all = [...rows.values()];
    const usable = all.filter((row) => whyNotForEnvelopes(row) === undefined);
    const keys = usable.map((row) => ({
      id: keyRefString(row),
      ref: { connection: row.connection, region: row.region, keyId: row.keyId },
      name: known(row.aliases)?.[0] ?? row.keyId,
      keyId: row.keyId,
      arn: row.arn,
      multiRegion: row.keyId.startsWith('mrk-'),
      place: `${names.get(row.connection) ?? row.connection}, ${row.region}`,
    }));
    keys.sort((a, b) => compare(a.place, b.place) || compare(a.name, b.name));
    return { keys, others: all.length - usable.length, reading };
  }, [rows, chosen, reading]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
