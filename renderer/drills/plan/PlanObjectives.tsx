import { Plus, X } from 'lucide-react';
import type { Objective, PlanStep } from '../../../shared/model/drills/plan';
import { Button, Checkbox, IconButton, TextField } from '../../ui';
import { OptionalNumberField } from './fields';

/** What a drill is to show: what counts as met, which steps show it, and how long they may take. */
export function PlanObjectives({
  objectives,
  steps,
  onChange,
}: {
  objectives: readonly Objective[];
  steps: readonly PlanStep[];
  onChange: (objectives: Objective[]) => void;
}) {
  const set = (index: number, change: Partial<Objective>) =>
    onChange(objectives.map((one, at) => (at === index ? { ...one, ...change } : one)));
  const add = () => {
    const taken = new Set(objectives.map(({ id }) => id));
    let number = 1;
    while (taken.has(`objective-${number}`)) number += 1;
    onChange([...objectives, { id: `objective-${number}`, text: '', criterion: '', steps: [] }]);
  };
  return (
    <>
      <ol
        aria-label="Objectives"
        className="mt-3 divide-y divide-line rounded-md border border-line bg-surface"
      >
        {objectives.map((objective, index) => (
          <li key={objective.id} className="space-y-2 px-3 py-2">
            <div className="flex items-end gap-2">
              <TextField
                label={`Objective ${index + 1}: what is to be shown`}
                value={objective.text}
                maxLength={200}
                onChange={(text) => set(index, { text })}
                className="min-w-0 flex-1"
              />
              <IconButton
                icon={X}
                label={`Take objective ${index + 1} out`}
                onClick={() => onChange(objectives.filter((_one, at) => at !== index))}
              />
            </div>
            <div className="grid grid-cols-[minmax(0,1fr)_9rem] gap-3 max-md:grid-cols-1">
              <TextField
                label={`Objective ${index + 1}: what counts as met`}
                value={objective.criterion}
                maxLength={200}
                onChange={(criterion) => set(index, { criterion })}
              />
              <OptionalNumberField
                label="Within, minutes"
                value={
                  objective.withinSeconds === undefined ? undefined : objective.withinSeconds / 60
                }
                onChange={(minutes) =>
                  set(index, {
                    withinSeconds: minutes === undefined ? undefined : Math.round(minutes * 60),
                  })
                }
              />
            </div>
            <Steps
              objective={objective}
              steps={steps}
              onChange={(ids) => set(index, { steps: ids })}
            />
          </li>
        ))}
      </ol>
      <Button className="mt-2" icon={Plus} onClick={add}>
        Add an objective
      </Button>
    </>
  );
}

/** Which steps must pass for an objective; one that was taken out of the plan can only be left out. */
function Steps({
  objective,
  steps,
  onChange,
}: {
  objective: Objective;
  steps: readonly PlanStep[];
  onChange: (ids: string[]) => void;
}) {
  const gone = objective.steps.filter((id) => !steps.some((step) => step.id === id));
  const choices = [...steps, ...gone.map((id) => ({ id, title: `${id} (taken out)` }))];
  return (
    <details>
      <summary className="cursor-pointer text-xs text-ink-2">
        Shown by {objective.steps.length} of {steps.length} steps
      </summary>
      <div className="mt-1 grid grid-cols-2 max-md:grid-cols-1">
        {choices.map(({ id, title }) => (
          <Checkbox
            key={id}
            checked={objective.steps.includes(id)}
            onChange={(on) =>
              onChange(
                on ? [...objective.steps, id] : objective.steps.filter((step) => step !== id),
              )
            }
            className="py-0.5"
          >
            <span className="truncate">{title}</span>
          </Checkbox>
        ))}
      </div>
    </details>
  );
}
