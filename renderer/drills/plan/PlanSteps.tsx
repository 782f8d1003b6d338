import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import type { PlanStep } from '../../../shared/model/drills/plan';
import { stepFacts } from '../../../shared/model/drills/stepKinds';
import { Badge, Button, IconButton, LongText, Section, TextField } from '../../ui';

/** The steps of a plan: moved, taken out, and those of its own written. */
export function PlanSteps({
  steps,
  onChange,
}: {
  steps: readonly PlanStep[];
  onChange: (steps: PlanStep[]) => void;
}) {
  const set = (id: string, change: Partial<PlanStep>) =>
    onChange(steps.map((step) => (step.id === id ? { ...step, ...change } : step)));
  const move = (index: number, by: number) => {
    const next = [...steps];
    const [step] = next.splice(index, 1);
    if (step) next.splice(index + by, 0, step);
    onChange(next);
  };
  const add = () => {
    const taken = new Set(steps.map(({ id }) => id));
    let number = 1;
    while (taken.has(`step-${number}`)) number += 1;
    const step: PlanStep = {
      id: `step-${number}`,
      kind: 'manual',
      title: 'A step of your own',
      instructions: '',
      evidence: [],
    };
    const last = steps.findIndex(({ kind }) => kind === 'remove' || kind === 'close-out');
    onChange(last < 0 ? [...steps, step] : steps.toSpliced(last, 0, step));
  };
  return (
    <Section
      title={`Steps: ${steps.length}`}
      description="One after the other. Automatic steps make real calls; steps of your own are done by people."
    >
      <ol className="divide-y divide-line rounded-md border border-line bg-surface">
        {steps.map((step, index) => (
          <li key={step.id} className="px-3 py-2">
            <div className="flex items-center gap-2">
              <b className="w-6 shrink-0 text-sm text-ink-3 tabular-nums">{index + 1}</b>
              {step.kind === 'manual' ? (
                <TextField
                  label={`Title of step ${index + 1}`}
                  labelHidden
                  value={step.title}
                  onChange={(title) => set(step.id, { title })}
                  className="min-w-0 flex-1"
                />
              ) : (
                <span className="min-w-0 flex-1 truncate text-sm font-medium">{step.title}</span>
              )}
              <Badge>{stepFacts[step.kind].automatic ? 'Automatic' : 'By people'}</Badge>
              {stepFacts[step.kind].changesKeys && <Badge tone="stale">Changes drill keys</Badge>}
              <IconButton
                small
                icon={ArrowUp}
                label={`Move ${step.title} up`}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              />
              <IconButton
                small
                icon={ArrowDown}
                label={`Move ${step.title} down`}
                disabled={index === steps.length - 1}
                onClick={() => move(index, 1)}
              />
              <IconButton
                small
                icon={X}
                label={`Take ${step.title} out`}
                onClick={() => onChange(steps.filter(({ id }) => id !== step.id))}
              />
            </div>
            <p className="mt-1 pl-8 text-xs text-ink-2">{stepFacts[step.kind].about}</p>
            {step.kind === 'manual' && (
              <div className="mt-2 space-y-2 pl-8">
                <LongText
                  label={`What to do in step ${index + 1}`}
                  value={step.instructions}
                  onChange={(instructions) => set(step.id, { instructions })}
                />
                <TextField
                  label="Evidence to attach, separated by semicolons"
                  value={step.evidence.join('; ')}
                  onChange={(text) =>
                    set(step.id, {
                      evidence: text
                        .split(';')
                        .map((part) => part.trim())
                        .filter(Boolean),
                    })
                  }
                />
              </div>
            )}
          </li>
        ))}
      </ol>
      <Button className="mt-2" icon={Plus} onClick={add}>
        Add a step of your own
      </Button>
    </Section>
  );
}
