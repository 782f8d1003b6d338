import type { Drill } from '../../shared/model/drills/drill';
import { AppError } from '../../shared/model/errors';
import type { DrillStore } from './drillStore';

/** The drill of a plan that is not closed yet. */
export function openDrillOf(store: DrillStore, plan: string): Drill | undefined {
  return find(store, (drill) => drill.plan.id === plan);
}

/**
 * Two drills of one plan at once would both claim to follow the one before, and change each other's
 * keys. Throws AppError `conflict`.
 */
export function refuseSecond(store: DrillStore, plan: string): void {
  const open = openDrillOf(store, plan);
  if (!open) return;
  throw new AppError(
    'conflict',
    `A drill of this plan is ${open.state === 'paused' ? 'paused' : 'under way'} since ${open.startedAt.slice(0, 16).replace('T', ' ')} UTC: go on with it and close it first. What cannot be done any more is left out with a reason.`,
    { drill: open.id },
  );
}

/**
 * A rehearsal moves the practice account's clock on, which a drill of people there would take for time
 * that passed. Drills of real accounts are not concerned. Throws AppError `conflict`.
 */
export function refuseRehearsal(store: DrillStore): void {
  const open = find(
    store,
    ({ practice, state, plan }) =>
      practice && state === 'running' && !plan.id.startsWith(rehearsalPrefix),
  );
  if (!open) return;
  throw new AppError(
    'conflict',
    `The drill ${open.plan.name} is under way on the practice account, whose clock a rehearsal moves on: close it or pause it first.`,
    { drill: open.id },
  );
}

/** Rehearsals have plans of their own, one for each template. */
export const rehearsalPrefix = 'rehearsal-';

function find(store: DrillStore, fits: (drill: Drill) => boolean): Drill | undefined {
  return store
    .ids()
    .map((id) => store.get(id))
    .find((drill) => drill.state !== 'closed' && fits(drill));
}
