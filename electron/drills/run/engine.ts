import { AppError } from '../../../shared/model/errors';
import {
  leftChanged,
  toUndo,
  type Drill,
  type DrillChange,
} from '../../../shared/model/drills/drill';
import type { StepOutcome } from '../../../shared/model/drills/entry';
import type { PlanStep } from '../../../shared/model/drills/plan';
import { stepFacts } from '../../../shared/model/drills/stepKinds';
import type { Store } from '../../store/types';
import type { DrillStore } from '../drillStore';
import type { Neighbours } from '../ports';
import { automaticSteps } from '../steps/index';
import { createContext } from './context';
import type { StepContext, StepInputs } from './stepContext';
import { createIdentities } from './identities';
import { takeBack } from './undo';

export interface StepRun {
  readonly drill: string;
  readonly step: string;
  readonly inputs: StepInputs;
  readonly signal: AbortSignal;
  readonly tell: (what: string, drill?: Drill) => void;
}

export interface Engine {
  /** Does an automatic step to its end, or begins a manual one. Throws AppError `wrong-state`. */
  run(run: StepRun): Promise<Drill>;
  /** Takes one change back. */
  undo(drill: string, change: string, signal: AbortSignal): Promise<Drill>;
  context(run: StepRun): Promise<StepContext>;
}

/** Does the steps of drills, one at a time in each. */
export function createEngine(parts: {
  readonly store: DrillStore;
  readonly db: Store;
  readonly neighbours: Neighbours;
  /** The public key that shares of a person are sealed to. */
  readonly sealingKey: (person: string) => string | undefined;
}): Engine {
  const { store, db, neighbours, sealingKey } = parts;
  const busy = new Set<string>();

  async function context({ drill: id, step: stepId, inputs, signal, tell }: StepRun) {
    const { plan } = store.get(id);
    const step = plan.steps.find((one) => one.id === stepId);
    if (!step) throw new AppError('not-found', 'The plan has no such step.');
    const identities = createIdentities(neighbours, plan.scope.region);
    const caller = await identities.caller(plan.scope.connection, signal);
    return createContext({
      id,
      step,
      inputs,
      signal,
      neighbours,
      store,
      db,
      identities,
      sealingKey,
      caller,
      tell: (what) => tell(what, store.get(id)),
    });
  }

  async function alone<T>(id: string, work: () => Promise<T>): Promise<T> {
    if (busy.has(id)) throw new AppError('conflict', 'A step of this drill is being done already.');
    busy.add(id);
    try {
      return await work();
    } finally {
      busy.delete(id);
    }
  }

  return {
    context,
    run: (run) =>
      alone(run.drill, async () => {
        const { drill: id, step } = run;
        const ctx = await context(run);
        ctx.write({ kind: 'step-started', at: await ctx.now(), step });
        run.tell(stepFacts[ctx.step.kind].about, store.get(id));
        const work = automaticSteps[ctx.step.kind];
        if (!work) return store.get(id);
        const ended = await outcomeOf(ctx, work);
        ctx.write({ kind: 'step-ended', at: await ctx.now(), step, ...ended });
        return store.get(id);
      }),
    undo: (id, change, signal) =>
      alone(id, async () => {
        const drill = store.get(id);
        const found = toUndo(drill).find((one) => one.id === change);
        if (!found) throw new AppError('not-found', 'There is nothing to take back any more.');
        const run = { drill: id, step: found.step, inputs: {}, signal, tell: () => {} };
        const ctx = await context(run);
        await undoChange(found, ctx);
        return store.get(id);
      }),
  };
}

/** Takes a change back and writes it down. */
export async function undoChange(change: DrillChange, ctx: StepContext): Promise<void> {
  const how = await takeBack(change, ctx);
  ctx.write({ kind: 'change-undone', at: await ctx.now(), change: change.id, how });
}

/** Does the work of a step, takes back what it left changed, and says what it comes to. */
async function outcomeOf(
  ctx: StepContext,
  work: (ctx: StepContext) => Promise<void>,
): Promise<{ outcome: StepOutcome; reason: string }> {
  await attempt(ctx, ctx.step.title, () => work(ctx));
  if (ctx.step.kind !== 'remove') {
    for (const change of leftChanged(ctx.drill())) {
      // Only the custodians bring material back.
      if (change.kind === 'delete-material') continue;
      await attempt(ctx, change.undoWords ?? change.words, () => undoChange(change, ctx));
    }
  }
  return summed(ctx.drill(), ctx.step);
}

/** What is thrown becomes a check: a fail where AWS said no, otherwise it cannot be told. */
async function attempt(ctx: StepContext, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'cancelled') await ctx.cannotTell(what, 'It was stopped before its end.');
    else if (untold.has(error.code)) await ctx.cannotTell(what, error.message);
    else await ctx.fail(what, error.message);
  }
}

/** Codes that say nothing about the key or the data. */
const untold = new Set([
  'no-credentials',
  'expired-credentials',
  'invalid-credentials',
  'clock-skew',
  'mfa-required',
  'unreachable',
  'timeout',
  'bad-response',
  'runtime-refused',
  'disk-full',
  'file-failed',
]);

function summed(drill: Drill, { id }: PlanStep): { outcome: StepOutcome; reason: string } {
  const checks = drill.steps.find((step) => step.id === id)?.checks ?? [];
  const failed = checks.find(({ result }) => result === 'fail');
  if (failed) return { outcome: 'failed', reason: cut(failed.reason) };
  const unknown = checks.find(({ result }) => result === 'cannot-tell');
  if (unknown) return { outcome: 'cannot-tell', reason: cut(unknown.reason) };
  if (checks.length === 0) {
    return { outcome: 'cannot-tell', reason: 'Nothing was checked, so that nothing is shown.' };
  }
  return { outcome: 'passed', reason: cut(checks.map(({ reason }) => reason).join(' ')) };
}

function cut(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 1999)}…` : text;
}
