import { z } from 'zod';
import type { Drill, DrillStep } from './drill';
import type { Objective } from './plan';

export const outcomeWords = ['met', 'not-met', 'not-tested', 'cannot-tell'] as const;
export type ObjectiveResult = (typeof outcomeWords)[number];

export const objectiveOutcomeSchema = z.object({
  id: z.string(),
  text: z.string(),
  criterion: z.string(),
  result: z.enum(outcomeWords),
  reason: z.string(),
  seconds: z.number().optional(),
  withinSeconds: z.number().optional(),
});
export type ObjectiveOutcome = z.infer<typeof objectiveOutcomeSchema>;

export const drillOutcomeSchema = z.object({
  result: z.enum(['passed', 'failed', 'incomplete']),
  reason: z.string(),
  objectives: z.array(objectiveOutcomeSchema),
  /** From the start to the end of the last step, pauses included: the clocks run on. */
  totalSeconds: z.number(),
  pausedSeconds: z.number(),
});
export type DrillOutcome = z.infer<typeof drillOutcomeSchema>;

/**
 * What a drill comes to. Skipped and not applicable count as not tested; what cannot be told is never
 * met; a step that is over its time does not meet its objective.
 */
export function drillOutcome(drill: Drill): DrillOutcome {
  const objectives = drill.plan.objectives.map((one) => objectiveOutcome(one, drill));
  const of = (result: ObjectiveResult) => objectives.filter((one) => one.result === result).length;
  const [failed, untested, unknown] = [of('not-met'), of('not-tested'), of('cannot-tell')];
  const all = objectives.length;
  const end = drill.steps
    .flatMap(({ attempts }) => attempts.at(-1)?.endedAt ?? [])
    .sort()
    .at(-1);
  const totals = {
    objectives,
    totalSeconds: end === undefined ? 0 : secondsBetween(drill.startedAt, end),
    pausedSeconds: drill.pauses.reduce(
      (sum, { from, to = drill.closedAt ?? from }) => sum + secondsBetween(from, to),
      0,
    ),
  };
  if (failed > 0) {
    const reason =
      all === 1
        ? 'The objective is not met.'
        : `${failed} of ${all} objectives ${failed === 1 ? 'is' : 'are'} not met.`;
    return { ...totals, result: 'failed', reason };
  }
  const failedStep = drill.steps.find(({ outcome }) => outcome === 'failed');
  if (failedStep) {
    return {
      ...totals,
      result: 'failed',
      reason: `${failedStep.title}: ${failedStep.reason ?? 'failed.'}`,
    };
  }
  if (untested + unknown > 0) {
    const parts = [
      ...(untested > 0 ? [`${untested} not tested`] : []),
      ...(unknown > 0 ? [`${unknown} cannot be told`] : []),
    ];
    return {
      ...totals,
      result: 'incomplete',
      reason:
        all === 1
          ? `The objective ${untested === 1 ? 'is not tested' : 'cannot be told'}.`
          : `Of ${all} objectives: ${parts.join(', ')}.`,
    };
  }
  const open = drill.steps.find(
    ({ outcome }) => outcome === undefined || outcome === 'cannot-tell',
  );
  if (open) {
    const why = open.reason ?? 'not done yet.';
    return { ...totals, result: 'incomplete', reason: `${open.title}: ${why}` };
  }
  return {
    ...totals,
    result: 'passed',
    reason: all === 1 ? 'The objective is met.' : `All ${all} objectives are met.`,
  };
}

function objectiveOutcome(objective: Objective, drill: Drill): ObjectiveOutcome {
  const { id, text, criterion, withinSeconds } = objective;
  const steps = objective.steps.flatMap((one) => drill.steps.find((step) => step.id === one) ?? []);
  const seconds = steps.reduce((sum, step) => sum + (stepSeconds(step) ?? 0), 0);
  const base = {
    id,
    text,
    criterion,
    seconds,
    ...(withinSeconds !== undefined && { withinSeconds }),
  };
  const is = (...outcomes: string[]) =>
    steps.find(({ outcome }) => outcome !== undefined && outcomes.includes(outcome));
  const failed = is('failed');
  if (failed)
    return { ...base, result: 'not-met', reason: failed.reason ?? `${failed.title} failed.` };
  const unknown = is('cannot-tell');
  if (unknown) return { ...base, result: 'cannot-tell', reason: unknown.reason ?? '' };
  const untested =
    is('skipped', 'not-applicable') ?? steps.find(({ outcome }) => outcome === undefined);
  if (untested || steps.length < objective.steps.length) {
    const reason = untested?.reason ?? 'Not done.';
    return { ...base, result: 'not-tested', reason };
  }
  const slow = steps.find((step) => {
    const within = drill.plan.steps.find((one) => one.id === step.id)?.withinSeconds;
    return within !== undefined && (stepSeconds(step) ?? 0) > within;
  });
  if (slow)
    return { ...base, result: 'not-met', reason: `${slow.title} took longer than planned.` };
  if (withinSeconds !== undefined && seconds > withinSeconds) {
    return {
      ...base,
      result: 'not-met',
      reason: `It took ${Math.round(seconds)} s; ${withinSeconds} s were allowed.`,
    };
  }
  return { ...base, result: 'met', reason: criterion };
}

/** How long the last attempt of a step took, by the account’s clock. */
export function stepSeconds(step: Pick<DrillStep, 'attempts'>): number | undefined {
  const last = step.attempts.at(-1);
  return last?.endedAt === undefined ? undefined : secondsBetween(last.startedAt, last.endedAt);
}

/**
 * From the start to the end of the last step that recovers something, pauses included: what a recovery
 * time objective is about. Cleaning up and waiting for CloudTrail come after it.
 */
export function recoverySeconds({ startedAt, steps }: Pick<Drill, 'startedAt' | 'steps'>): number {
  const end = steps
    .filter(({ kind }) => kind !== 'remove' && kind !== 'close-out')
    .flatMap(({ attempts }) => attempts.at(-1)?.endedAt ?? [])
    .sort()
    .at(-1);
  return end === undefined ? 0 : secondsBetween(startedAt, end);
}

export function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
