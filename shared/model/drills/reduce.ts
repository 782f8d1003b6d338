import type { Drill, DrillChange, DrillStep } from './drill';
import type { DrillEntry } from './entry';

type Started = Extract<DrillEntry, { kind: 'started' }>;

/** The drill that entries add up to. Throws TypeError where they do not begin with `started`. */
export function replay(entries: Iterable<DrillEntry>): Drill {
  let drill: Drill | undefined;
  for (const entry of entries) drill = reduce(drill, entry);
  if (!drill) throw new TypeError('a drill begins with its start');
  return drill;
}

/**
 * The drill after one more entry. Pure: the same entries always give the same drill. What does not fit
 * (a step that is not there) changes nothing; whether an entry may come is decided before (`mayAppend`).
 */
export function reduce(drill: Drill | undefined, entry: DrillEntry): Drill {
  if (!drill) {
    if (entry.kind !== 'started') throw new TypeError('a drill begins with its start');
    return begun(entry);
  }
  switch (entry.kind) {
    case 'started':
      return drill;
    case 'acknowledged': {
      const { person, at, statement } = entry;
      const acknowledged = drill.acknowledged.filter((one) => one.person !== person);
      return { ...drill, acknowledged: [...acknowledged, { person, at, statement }] };
    }
    case 'paused': {
      if (drill.state !== 'running') return drill;
      const pause = { from: entry.at, reason: entry.reason };
      return { ...drill, state: 'paused', pauses: [...drill.pauses, pause] };
    }
    case 'resumed':
      if (drill.state !== 'paused') return drill;
      return {
        ...drill,
        state: 'running',
        pauses: drill.pauses.map((pause) => (pause.to ? pause : { ...pause, to: entry.at })),
      };
    case 'fact':
      return { ...drill, facts: { ...drill.facts, [entry.name]: entry.value } };
    case 'change-planned': {
      const { change, step, at } = entry;
      if (drill.changes.some(({ id }) => id === change.id)) return drill;
      const planned: DrillChange = { ...change, step, plannedAt: at, state: 'planned' };
      return { ...drill, changes: [...drill.changes, planned] };
    }
    case 'change-made':
      return withChange(drill, entry.change, ['planned'], {
        state: 'made',
        target: entry.target,
        ...(entry.requestId !== undefined && { requestId: entry.requestId }),
      });
    case 'change-refused':
      return withChange(drill, entry.change, ['planned'], { state: 'refused', note: entry.reason });
    case 'change-undone':
      return withChange(drill, entry.change, ['planned', 'made'], {
        state: 'undone',
        note: entry.how,
      });
    case 'logged': {
      const { call: id, eventId, eventTime, sha256 } = entry;
      const logged = { eventId, eventTime, sha256 };
      const steps = drill.steps.map((step) => ({
        ...step,
        calls: step.calls.map((call) => (call.id === id ? { ...call, logged } : call)),
      }));
      return { ...drill, steps };
    }
    case 'finding': {
      const others = drill.findings.filter(({ id }) => id !== entry.finding.id);
      return { ...drill, findings: [...others, entry.finding] };
    }
    case 'closed':
      if (drill.state === 'closed') return drill;
      return { ...drill, state: 'closed', closedAt: entry.at, sumsSha256: entry.sumsSha256 };
    case 'signed': {
      const others = drill.signatures.filter(({ person }) => person !== entry.signature.person);
      return { ...drill, signatures: [...others, entry.signature] };
    }
    case 'addendum': {
      const { addendum, signature } = entry;
      if (addendum.number !== drill.addenda.length + 1) return drill;
      return { ...drill, addenda: [...drill.addenda, { ...addendum, signature }] };
    }
    case 'step-started':
    case 'call':
    case 'check':
    case 'measured':
    case 'note':
    case 'evidence':
    case 'step-ended':
      return {
        ...drill,
        steps: drill.steps.map((step) => (step.id === entry.step ? reduceStep(step, entry) : step)),
      };
    default:
      return entry satisfies never;
  }
}

type StepEntry = Extract<
  DrillEntry,
  { kind: 'step-started' | 'call' | 'check' | 'measured' | 'note' | 'evidence' | 'step-ended' }
>;

function reduceStep(step: DrillStep, entry: StepEntry): DrillStep {
  switch (entry.kind) {
    case 'step-started':
      return {
        ...withoutOutcome(step),
        state: 'running',
        // Of an attempt before, calls and notes stay; what it found is for the new one to say.
        checks: [],
        measured: [],
        attempts: [...step.attempts.map((one) => cutOff(one, entry.at)), { startedAt: entry.at }],
      };
    case 'step-ended': {
      const { at, outcome, reason } = entry;
      const ended = { endedAt: at, outcome, reason };
      const last = step.attempts.at(-1);
      const open = last && last.endedAt === undefined;
      const attempts = open
        ? [...step.attempts.slice(0, -1), { ...last, ...ended }]
        : step.attempts;
      return { ...step, state: 'ended', outcome, reason, attempts };
    }
    case 'call':
      return { ...step, calls: [...step.calls, entry.call] };
    case 'check': {
      const { at, result, what, reason } = entry;
      return { ...step, checks: [...step.checks, { at, result, what, reason }] };
    }
    case 'measured': {
      const { what, seconds } = entry;
      return { ...step, measured: [...step.measured, { what, seconds }] };
    }
    case 'note': {
      const { at, person, text } = entry;
      return { ...step, notes: [...step.notes, { at, person, text }] };
    }
    case 'evidence': {
      const others = step.evidence.filter(({ name }) => name !== entry.file.name);
      return { ...step, evidence: [...others, entry.file] };
    }
    default:
      return entry satisfies never;
  }
}

function begun({ drill, plan, at, kind: _kind, ...facts }: Started): Drill {
  return {
    ...facts,
    id: drill,
    plan,
    startedAt: at,
    state: 'running',
    acknowledged: [],
    steps: plan.steps.map(({ id, kind, title }) => ({
      id,
      kind,
      title,
      state: 'waiting',
      attempts: [],
      checks: [],
      measured: [],
      calls: [],
      notes: [],
      evidence: [],
    })),
    changes: [],
    pauses: [],
    facts: {},
    findings: [],
    signatures: [],
    addenda: [],
  };
}

function withChange(
  drill: Drill,
  id: string,
  from: readonly DrillChange['state'][],
  update: Partial<DrillChange>,
): Drill {
  const changes = drill.changes.map((change) =>
    change.id === id && from.includes(change.state) ? { ...change, ...update } : change,
  );
  return { ...drill, changes };
}

function withoutOutcome({ outcome: _outcome, reason: _reason, ...step }: DrillStep): DrillStep {
  return step;
}

function cutOff(attempt: DrillStep['attempts'][number], at: string): DrillStep['attempts'][number] {
  if (attempt.endedAt !== undefined) return attempt;
  return { ...attempt, endedAt: at, outcome: 'failed', reason: 'Cut off before its end.' };
}
