import { z } from 'zod';
import {
  addendumSchema,
  changeSchema,
  checkResults,
  drillCallSchema,
  evidenceFileSchema,
  participantSchema,
  signatureSchema,
  stepOutcomeSchema,
} from './entry';
import { findingSchema } from './finding';
import { planSchema } from './plan';
import { stepKinds } from './stepKinds';

/** The CloudTrail event of a call. */
export const loggedSchema = z.object({
  eventId: z.string(),
  eventTime: z.string(),
  sha256: z.string(),
});

export const drillStepSchema = z.object({
  id: z.string(),
  kind: z.enum(stepKinds),
  title: z.string(),
  state: z.enum(['waiting', 'running', 'ended']),
  outcome: stepOutcomeSchema.optional(),
  reason: z.string().optional(),
  /** Every attempt, also those that failed. */
  attempts: z.array(
    z.object({
      startedAt: z.string(),
      endedAt: z.string().optional(),
      outcome: stepOutcomeSchema.optional(),
      reason: z.string().optional(),
    }),
  ),
  checks: z.array(
    z.object({
      at: z.string(),
      result: z.enum(checkResults),
      what: z.string(),
      reason: z.string(),
    }),
  ),
  measured: z.array(z.object({ what: z.string(), seconds: z.number() })),
  calls: z.array(drillCallSchema.extend({ logged: loggedSchema.optional() })),
  notes: z.array(z.object({ at: z.string(), person: z.string(), text: z.string() })),
  evidence: z.array(evidenceFileSchema),
});
export type DrillStep = z.infer<typeof drillStepSchema>;

export const drillChangeSchema = changeSchema.extend({
  step: z.string(),
  plannedAt: z.string(),
  /** `planned`: about to be made, or cut off on the way: it may have happened. */
  state: z.enum(['planned', 'made', 'refused', 'undone']),
  requestId: z.string().optional(),
  note: z.string().optional(),
});
export type DrillChange = z.infer<typeof drillChangeSchema>;

/** A drill as its entries add up to. */
export const drillSchema = z.object({
  id: z.string(),
  plan: planSchema,
  practice: z.boolean(),
  account: z.string().optional(),
  ticket: z.string().optional(),
  version: z.string(),
  startedAt: z.string(),
  state: z.enum(['running', 'paused', 'closed']),
  participants: z.array(participantSchema),
  acknowledged: z.array(z.object({ person: z.string(), at: z.string(), statement: z.string() })),
  previous: z.object({ drill: z.string(), sha256: z.string() }).optional(),
  steps: z.array(drillStepSchema),
  changes: z.array(drillChangeSchema),
  pauses: z.array(z.object({ from: z.string(), to: z.string().optional(), reason: z.string() })),
  /** Ids of keys and names of objects that the drill has made, by what they are for. */
  facts: z.record(z.string(), z.string()),
  findings: z.array(findingSchema),
  closedAt: z.string().optional(),
  sumsSha256: z.string().optional(),
  signatures: z.array(signatureSchema),
  addenda: z.array(addendumSchema.extend({ signature: z.string() })),
});
export type Drill = z.infer<typeof drillSchema>;

/** What stands over each page of the printed report. */
export function reportTitle({ plan, practice }: Pick<Drill, 'plan' | 'practice'>): string {
  return `Recovery drill: ${plan.name}${practice ? ' (rehearsal on the practice account)' : ''}`;
}

/** What may be changed and is not taken back: first what a step left, then what lasts until the end. */
export function toUndo(drill: Pick<Drill, 'changes'>): DrillChange[] {
  return drill.changes
    .filter(
      ({ state, undoWords }) =>
        undoWords !== undefined && (state === 'planned' || state === 'made'),
    )
    .toReversed()
    .toSorted((a, b) => Number(a.lasting) - Number(b.lasting));
}

/** What a step left changed although it is over or was cut off: it comes before anything else. */
export function leftChanged(drill: Pick<Drill, 'changes'>): DrillChange[] {
  return toUndo(drill).filter(({ lasting, state }) => !lasting || state === 'planned');
}

/** The step that comes next; undefined where all are over. */
export function nextStep(drill: Pick<Drill, 'steps'>): DrillStep | undefined {
  return drill.steps.find(({ state }) => state !== 'ended');
}
