import { z } from 'zod';
import type { Drill } from './drill';
import { drillOutcome, stepSeconds } from './outcome';

export const stepComparisonSchema = z.object({
  step: z.string(),
  title: z.string(),
  before: z.object({ outcome: z.string().optional(), seconds: z.number().optional() }).optional(),
  after: z.object({ outcome: z.string().optional(), seconds: z.number().optional() }).optional(),
});
export const drillComparisonSchema = z.object({
  before: z.string(),
  after: z.string(),
  results: z.object({ before: z.string(), after: z.string() }),
  totalSeconds: z.object({ before: z.number(), after: z.number() }),
  steps: z.array(stepComparisonSchema),
});
export type DrillComparison = z.infer<typeof drillComparisonSchema>;

/** Two drills side by side, step by step. */
export function compareDrills(before: Drill, after: Drill): DrillComparison {
  const [a, b] = [drillOutcome(before), drillOutcome(after)];
  const ids = [...new Set([...after.steps, ...before.steps].map(({ id }) => id))];
  return {
    before: before.id,
    after: after.id,
    results: { before: a.result, after: b.result },
    totalSeconds: { before: a.totalSeconds, after: b.totalSeconds },
    steps: ids.map((id) => {
      const [old, now] = [before, after].map(({ steps }) => steps.find((step) => step.id === id));
      const side = (step: typeof old) =>
        step && { outcome: step.outcome, seconds: stepSeconds(step) };
      return { step: id, title: (now ?? old)?.title ?? id, before: side(old), after: side(now) };
    }),
  };
}
