import type { FeatureHandlers } from '../../shared/contract/define';
import type { drills as drillsContract } from '../../shared/contract/drills';
import type { Drill } from '../../shared/model/drills/drill';
import { nextDue } from '../../shared/model/drills/due';
import type { Finding } from '../../shared/model/drills/finding';
import { drillOutcome } from '../../shared/model/drills/outcome';
import type { Plan } from '../../shared/model/drills/plan';
import type { ReminderNote } from '../../shared/model/drills/reminders';
import { startScheduler } from '../scheduler';
import type { ValueStore } from '../settings/index';
import { createCanaryKeeper, type Made } from './canaries/keeper';
import { openDrillStore } from './drillStore';
import { createHandlers, type HandlerOptions } from './handlers/index';
import { openPeople } from './people/people';
import type { Keychain } from './people/sealedKeys';
import { openPlanStore } from './planStore';
import type { Neighbours } from './ports';
import { createReminder } from './reminders/reminder';

export type { Keychain } from './people/sealedKeys';
export { createPracticeSide } from './practiceSide';

export interface DrillsOptions extends HandlerOptions {
  readonly keychain?: (() => Keychain | undefined) | undefined;
  readonly values: ValueStore;
  /** Whether the operator wants to be notified of what is due. */
  readonly remindersWanted: () => boolean;
  /** Shows a notification of the system; false where it could not be shown. */
  readonly notify: (note: ReminderNote) => boolean;
  /** Told that something may be due that was not, or the other way round. */
  readonly remindersChanged: () => void;
  /** Canaries are kept on schedule, and people are reminded, as long as the program runs. */
  readonly scheduled?:
    | {
        readonly graceMs: number;
        readonly onMade: (made: Made) => void;
        readonly onFailed: (error: unknown) => void;
      }
    | undefined;
}

/** What is due is looked at so often, in milliseconds. */
const remindEveryMs = 3_600_000;

/** A drill that is over, as readiness reads it. */
export interface ClosedDrill {
  readonly id: string;
  readonly plan: string;
  readonly planName: string;
  readonly practice: boolean;
  readonly closedAt: string;
  readonly result: 'passed' | 'failed' | 'incomplete';
  readonly reason: string;
  readonly signed: boolean;
}

/** What other features may ask of drills. */
export interface DrillFacts {
  /** The plans that are due some day, with when; rehearsals are none. */
  plans(): { plan: Plan; due: string; latest: ClosedDrill | undefined }[];
  findings(): { drill: string; finding: Finding }[];
}

export interface Drills {
  readonly handlers: FeatureHandlers<typeof drillsContract>;
  readonly facts: DrillFacts;
  /** What it asks of the other features: for tests that go on with a drill where it was cut off. */
  readonly neighbours: Neighbours;
  /** The zip of a closed and signed record, piece by piece. Throws AppError. */
  bundle(drill: string): { name: string; content: AsyncIterable<Uint8Array> };
  /** Notifies of what is due, once a day at most. */
  remind(): void;
  /** Told of every call that has ended. */
  onCall(call: { readonly method: string; readonly action: boolean }): void;
  close(): void;
}

/** Recovery drills: plans, people, canaries, the drills themselves and their records. */
export function createDrills(options: DrillsOptions): Drills {
  const { store, now, neighbours, keychain } = options;
  const drills = openDrillStore(store);
  const plans = openPlanStore(options);
  const people = openPeople({ store, gateway: neighbours.gateway, now, keychain });
  const { values, scheduled, remindersWanted, remindersChanged } = options;
  const { gateway, connections } = neighbours;
  const keeper = createCanaryKeeper({ ...options, gateway, connections });
  const reminder = createReminder({
    drills,
    plans: planDates,
    values,
    now,
    wanted: remindersWanted,
    notify: options.notify,
  });
  const canaryScheduler =
    scheduled &&
    startScheduler({
      ...scheduled,
      now,
      nextAt: keeper.nextAt,
      run: async (signal) => scheduled.onMade(await keeper.make({ signal })),
    });
  let remindAt = now();
  const reminderScheduler =
    scheduled &&
    startScheduler({
      ...scheduled,
      now,
      nextAt: () => remindAt.toISOString(),
      run() {
        remindAt = new Date(now().getTime() + remindEveryMs);
        reminder.remind();
        remindersChanged();
        return Promise.resolve();
      },
    });
  const { handlers, bundle } = createHandlers({
    ...options,
    drills,
    plans,
    people,
    keeper,
    reminders: reminder.all,
    rescheduled: () => canaryScheduler?.changed(),
  });

  function closed() {
    return drills
      .ids()
      .map((id) => drills.get(id))
      .filter(({ state }) => state === 'closed');
  }

  function planDates() {
    const all = closed();
    return plans.newest().map((plan) => {
      const own = all.filter((drill) => drill.plan.id === plan.id);
      const passed = own.find((drill) => drillOutcome(drill).result === 'passed');
      const [latest] = own;
      return { plan, due: nextDue(plan, passed?.closedAt), latest: latest && closedDrill(latest) };
    });
  }

  return {
    handlers,
    bundle,
    neighbours,
    remind: () => reminder.remind(),
    onCall({ method, action }) {
      if (action && method.startsWith('drills.')) remindersChanged();
      if (method !== 'keys.refresh') return;
      keeper.bringForward();
      canaryScheduler?.changed();
    },
    close() {
      canaryScheduler?.close();
      reminderScheduler?.close();
    },
    facts: {
      plans: planDates,
      findings: () => drills.findings(),
    },
  };
}

function closedDrill(drill: Drill): ClosedDrill {
  const { id, plan, practice, closedAt = '', signatures } = drill;
  const { result, reason } = drillOutcome(drill);
  return {
    id,
    plan: plan.id,
    planName: plan.name,
    practice,
    closedAt,
    result,
    reason,
    signed: signatures.length >= 2,
  };
}
