import type { FeatureHandlers } from '../../../shared/contract/define';
import type { drills as drillsContract } from '../../../shared/contract/drills';
import type { Drill } from '../../../shared/model/drills/drill';
import { drillOutcome } from '../../../shared/model/drills/outcome';
import type { Reminder } from '../../../shared/model/drills/reminders';
import type { KeyUsageReading } from '../../../shared/model/keyUsage';
import type { Canaries } from '../../envelope/index';
import type { Keys } from '../../keys/index';
import type { Store } from '../../store/types';
import type { CanaryKeeper } from '../canaries/keeper';
import { zipOf } from '../bundle/write';
import type { DrillStore } from '../drillStore';
import { createLifecycle } from '../lifecycle';
import type { People } from '../people/people';
import type { PlanStore } from '../planStore';
import type { StoredEvents } from '../keyUses';
import type { Neighbours } from '../ports';
import { withSteadyClock } from '../steadyClock';
import { createEngine } from '../run/engine';
import { canaryHandlers } from './canaries';
import { planHandlers } from './plans';
import { recordHandlers } from './records';
import { runHandlers } from './run';

export interface HandlerOptions {
  readonly store: Store;
  readonly neighbours: Neighbours;
  readonly keys: Keys['handlers'];
  readonly canaries: Canaries;
  /** The stored events: how often keys were used. */
  readonly events: StoredEvents;
  /** When keys of the chosen accounts were used last, as far as KMS was asked. */
  readonly keyUsage: () => Promise<readonly KeyUsageReading[]>;
  readonly now: () => Date;
  /** Of this program, for the record. */
  readonly version: string;
  readonly operator: string;
  readonly practiceRegions: readonly string[];
  /** Asks where to write and writes; null where nobody picked a file. */
  readonly saveFile: (file: {
    suggestedName: string;
    content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
  }) => Promise<string | null>;
  readonly pickPaths: (what: 'files' | 'folder') => Promise<string[]>;
  /** The window as it is shown, as the bytes of a PDF. Throws AppError where there is none. */
  readonly printPage: (title: string) => Promise<Uint8Array>;
  /** Told that a drill has come further. */
  readonly changed: (drill: string) => void;
}

export interface HandlerParts extends HandlerOptions {
  readonly drills: DrillStore;
  readonly plans: PlanStore;
  readonly people: People;
  readonly keeper: CanaryKeeper;
  readonly reminders: () => Reminder[];
  /** Told that something falls due at another time. */
  readonly rescheduled: () => void;
}

export type DrillHandlers = FeatureHandlers<typeof drillsContract>;

/** Answers the calls of the contract. */
export function createHandlers(options: HandlerParts) {
  const parts = { ...options, neighbours: withSteadyClock(options.neighbours) };
  const { drills, neighbours, people, store: db } = parts;
  const passing = new Map<string, string>();
  const engine = createEngine({
    store: drills,
    db,
    neighbours,
    sealingKey: (person) => passing.get(person) ?? people.sealingKey(person),
  });
  const lifecycle = createLifecycle(drills);
  const shared = {
    ...parts,
    engine,
    lifecycle,
    admit: (person: string, key: string) => void passing.set(person, key),
    view(drill: Drill) {
      parts.changed(drill.id);
      return { drill, outcome: drillOutcome(drill) };
    },
    /** The time of a drill's account. */
    async at(drill: Drill) {
      return (await neighbours.connections.now(drill.plan.scope.connection)).toISOString();
    },
  };

  function bundle(id: string): { name: string; content: AsyncIterable<Uint8Array> } {
    const drill = drills.get(id);
    const files = lifecycle.bundle(drill);
    return { name: `${drill.id}.zip`, content: zipOf(files, drill.closedAt ?? '') };
  }

  const handlers: DrillHandlers = {
    ...planHandlers(shared),
    ...canaryHandlers(shared),
    ...runHandlers(shared),
    ...recordHandlers({ ...shared, bundle }),
  };
  return { handlers, bundle };
}

/** What the parts of the handlers share. */
export type Shared = HandlerParts & {
  readonly engine: ReturnType<typeof createEngine>;
  readonly lifecycle: ReturnType<typeof createLifecycle>;
  readonly admit: (person: string, key: string) => void;
  readonly view: (drill: Drill) => { drill: Drill; outcome: ReturnType<typeof drillOutcome> };
  readonly at: (drill: Drill) => Promise<string>;
};
