import { leftChanged, nextStep, toUndo, type Drill } from './drill';
import type { DrillEntry, StepOutcome } from './entry';

const untested: readonly StepOutcome[] = ['skipped', 'not-applicable'];

/**
 * Why an entry may not come now, as a sentence; undefined where it may. What was there may always be
 * written down (calls, checks, changes): only what people decide is held to the order.
 */
export function whyNot(drill: Drill, entry: DrillEntry): string | undefined {
  if (entry.kind === 'started') return 'The drill has begun already.';
  if (entry.kind === 'signed' || entry.kind === 'addendum') {
    return drill.state === 'closed'
      ? undefined
      : 'The record is not closed yet: close it, then sign.';
  }
  if (drill.state === 'closed') {
    return 'The record is closed: nothing can be changed any more. Write an addendum.';
  }
  switch (entry.kind) {
    case 'step-started':
      return whyNotBegin(drill, entry.step);
    case 'step-ended':
      return whyNotEnd(drill, entry.step, entry.outcome, entry.reason);
    case 'paused':
      return drill.state === 'paused' ? 'The drill is paused already.' : undefined;
    case 'resumed':
      return drill.state === 'paused' ? undefined : 'The drill is not paused.';
    case 'acknowledged':
      return drill.participants.some(({ person }) => person === entry.person)
        ? undefined
        : 'Only who takes part can acknowledge.';
    case 'closed':
      return whyNotClose(drill);
    case 'call':
    case 'check':
    case 'measured':
    case 'fact':
    case 'change-planned':
    case 'change-made':
    case 'change-refused':
    case 'change-undone':
    case 'note':
    case 'evidence':
    case 'logged':
    case 'finding':
      return undefined;
    default:
      return entry satisfies never;
  }
}

function whyNotBegin(drill: Drill, id: string): string | undefined {
  const step = drill.steps.find((one) => one.id === id);
  if (!step) return 'The plan has no such step.';
  if (drill.state === 'paused') return 'The drill is paused: go on with it first.';
  const missing = drill.participants.find(
    ({ role, person }) =>
      role === 'custodian' && !drill.acknowledged.some((one) => one.person === person),
  );
  if (missing) return `${missing.name} has not acknowledged the custodian’s duties yet.`;
  // Material comes back by its own step and by no other: the drill goes on without that key meanwhile.
  const left = leftChanged(drill).find(({ kind }) => kind !== 'delete-material');
  if (left && step.kind !== 'remove') {
    return `Something is still changed: ${left.words}. Take it back first.`;
  }
  if (step.state === 'ended') {
    return step.outcome === 'failed' || step.outcome === 'cannot-tell'
      ? undefined
      : 'This step is over.';
  }
  const next = nextStep(drill);
  return next && next.id !== id ? `${next.title} comes first.` : undefined;
}

function whyNotEnd(
  drill: Drill,
  id: string,
  outcome: StepOutcome,
  reason: string,
): string | undefined {
  const step = drill.steps.find((one) => one.id === id);
  if (!step) return 'The plan has no such step.';
  if (untested.includes(outcome)) {
    if (reason.trim() === '') return 'Say why this step is left out: it counts as not tested.';
    if (step.kind === 'remove' && toUndo(drill).length > 0) {
      return 'Something is still changed, so that this step cannot be left out.';
    }
    return step.state === 'ended' ? 'This step is over.' : undefined;
  }
  if (step.state !== 'running') return 'This step has not begun.';
  if (step.kind === 'manual' && outcome === 'passed') {
    const wanted = drill.plan.steps.find((one) => one.id === id)?.evidence ?? [];
    const attached = step.evidence.filter(({ by }) => by === 'attached').length;
    if (attached < wanted.length) {
      return `Attach what the plan asks for first: ${wanted.join(', ')}.`;
    }
  }
  return undefined;
}

function whyNotClose(drill: Drill): string | undefined {
  const [left] = toUndo(drill);
  if (left) return `Something is still changed: ${left.words}. Take it back first.`;
  const open = drill.steps.find(({ state }) => state !== 'ended');
  if (open) return `${open.title} is still open: do it, or leave it out with a reason.`;
  return undefined;
}
