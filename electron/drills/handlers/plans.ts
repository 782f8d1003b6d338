import { dueState, nextDue } from '../../../shared/model/drills/due';
import { icsOf } from '../../../shared/model/drills/ics';
import { drillOutcome } from '../../../shared/model/drills/outcome';
import { AppError } from '../../../shared/model/errors';
import { planProblems } from '../../../shared/model/drills/plan';
import { planFromTemplate } from '../../../shared/model/drills/templates';
import { openDrillOf } from '../openDrills';
import { keyName, placeFor, riskyKeys } from '../places';
import type { DrillHandlers, Shared } from './index';

type PlanHandlers = Pick<
  DrillHandlers,
  | 'plans'
  | 'planVersions'
  | 'planFromTemplate'
  | 'savePlan'
  | 'retirePlan'
  | 'suggestKeys'
  | 'exportCalendar'
  | 'reminders'
>;

/** Plans, and when they are due. */
export function planHandlers(shared: Shared): PlanHandlers {
  const { plans, drills, neighbours, now, saveFile, practiceRegions } = shared;

  function lastPassedAt(plan: string): string | undefined {
    for (const id of drills.ids()) {
      const drill = drills.get(id);
      const counts = drill.plan.id === plan && drill.state === 'closed';
      if (counts && drillOutcome(drill).result === 'passed') return drill.closedAt;
    }
    return undefined;
  }

  return {
    reminders: () => shared.reminders(),
    plans: () =>
      plans.newest().map((plan) => {
        const passed = lastPassedAt(plan.id);
        const due = nextDue(plan, passed);
        const open = openDrillOf(drills, plan.id);
        return {
          plan,
          problems: planProblems(plan),
          due,
          dueState: dueState(due, plan.remindDays, now()),
          ...(passed !== undefined && { lastPassedAt: passed }),
          ...(open && { openDrill: open.id }),
        };
      }),
    planVersions: ({ plan }) => plans.versions(plan),
    async planFromTemplate({ template, connection }, { signal }) {
      const risky = await riskyKeys(connection, shared, signal);
      const place = await placeFor(connection, {
        connections: neighbours.connections,
        keys: risky,
        practice: neighbours.practice,
        practiceRegions,
      });
      const body = planFromTemplate(template, place);
      return { body, problems: planProblems(body) };
    },
    savePlan: ({ plan, body }) => plans.save(plan, body),
    retirePlan({ plan }) {
      plans.retire(plan);
      return undefined;
    },
    async suggestKeys({ connection }, { signal }) {
      const risky = await riskyKeys(connection, shared, signal);
      return risky.slice(0, 1000).map(({ row, reasons, uses, lastUse }) => ({
        connection: row.connection,
        region: row.region,
        keyId: row.keyId,
        arn: row.arn,
        name: keyName(row),
        reasons: [...reasons],
        ...(uses && { uses }),
        ...(lastUse && { lastUse }),
      }));
    },
    async exportCalendar() {
      const dates = plans.newest().map((plan) => ({
        uid: `${plan.id}@claviger`,
        name: plan.name,
        due: nextDue(plan, lastPassedAt(plan.id)),
        remindDays: plan.remindDays,
        about: plan.scenario,
      }));
      if (dates.length === 0) {
        throw new AppError(
          'bad-request',
          'There is no plan, so that nothing is due: make one first.',
        );
      }
      const file = await saveFile({
        suggestedName: 'recovery-drills.ics',
        content: [icsOf(dates, now())],
      });
      return file === null ? null : { file, dates: dates.length };
    },
  };
}
