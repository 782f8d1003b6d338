import type { Collections } from '../../account/collections';
import { keyArn, type KeyRecord } from '../../kms/model';

/**
 * What a seed's history is generated from: stored once, never changed, so that the same events come out
 * after every start, whatever becomes of the keys.
 */
export interface HistoryPlan {
  readonly kind: 'company' | 'large';
  readonly seed: string;
  readonly accountId: string;
  readonly regions: readonly string[];
  readonly from: number;
  readonly to: number;
  /** The trail whose log files tell the history. */
  readonly trail: string;
  readonly keys: readonly PlannedKey[];
}

export interface PlannedKey {
  readonly region: string;
  readonly arn: string;
  readonly aliases: readonly string[];
  readonly createdAt: number;
  readonly keySpec: string;
  readonly state: string;
  /** Oldest first: which version worked from when on. */
  readonly materials: readonly { readonly id: string; readonly from: number }[];
}

export function plannedKey(key: KeyRecord, aliases: readonly string[]): PlannedKey {
  return {
    region: key.region,
    arn: keyArn(key),
    aliases,
    createdAt: key.createdAt,
    keySpec: key.keySpec,
    state: key.state,
    materials: key.materials
      .filter(({ state }) => !state.startsWith('PENDING'))
      .map(({ id, rotationDate, createdAt }) => ({ id, from: rotationDate ?? createdAt }))
      .sort((a, b) => a.from - b.from),
  };
}

/** The material that the key worked with at a time. */
export function materialAt(key: PlannedKey, at: number): string | undefined {
  return (key.materials.findLast(({ from }) => from <= at) ?? key.materials[0])?.id;
}

export function plansOf(state: Collections) {
  return state.of<HistoryPlan>('cloudtrail-history');
}
