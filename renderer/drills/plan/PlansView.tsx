import { ClipboardList, Play, Plus } from 'lucide-react';
import { useState } from 'react';
import { templates, type TemplateId } from '../../../shared/model/drills/templates';
import type { Plan } from '../../../shared/model/drills/plan';
import { useApp, useScope } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { Badge, Button, Dialog, EmptyState, ErrorPanel, Loading, Select, Time } from '../../ui';
import { drillsPath } from '../places';
import { useDo } from '../useDo';
import { StartDialog } from './StartDialog';

/** The plans, when each is due, and a new one from a template. */
export function PlansView() {
  const { client } = useApp();
  const {
    value: plans,
    error,
    retry,
  } = useAnswer((signal) => client.drills.plans(undefined, { signal }));
  const [making, setMaking] = useState(false);
  const [starting, setStarting] = useState<Plan>();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      {error && <ErrorPanel error={error} onRetry={retry} />}
      {!plans && !error && <Loading label="Reading the plans" />}
      {plans?.length === 0 && (
        <EmptyState
          icon={ClipboardList}
          title="No plan yet"
          actions={
            <Button variant="primary" icon={Plus} onClick={() => setMaking(true)}>
              New plan
            </Button>
          }
        >
          A plan fixes before the start what is drilled, what counts as passed, how long it may take
          and who takes part. Each change makes a new version; a drill keeps the one it began with.
        </EmptyState>
      )}
      {plans && plans.length > 0 && (
        <>
          <div className="mb-3 flex justify-end">
            <Button icon={Plus} onClick={() => setMaking(true)}>
              New plan
            </Button>
          </div>
          <ul
            aria-label="Plans"
            className="divide-y divide-line rounded-md border border-line bg-surface"
          >
            {plans.map(({ plan, problems, due, dueState, openDrill }) => (
              <li key={plan.id} className="flex flex-wrap items-center gap-3 px-4 py-2">
                <button
                  type="button"
                  onClick={() => navigate(drillsPath({ kind: 'plan', id: plan.id }))}
                  className="min-w-0 flex-1 rounded-sm text-left hover:underline"
                >
                  <span className="block text-sm font-medium">
                    {plan.name}{' '}
                    <span className="font-normal text-ink-3">version {plan.version}</span>
                  </span>
                  <span className="block text-xs text-ink-3">
                    {plan.steps.length} steps, every {plan.cadenceDays} days, next{' '}
                    <Time iso={due} precision="date" bare />
                  </span>
                </button>
                {problems.length > 0 && <Badge tone="stale">{problems.length} to settle</Badge>}
                {dueState !== 'later' && (
                  <Badge tone={dueState === 'overdue' ? 'fail' : 'stale'}>
                    {dueState === 'overdue' ? 'Overdue' : 'Due soon'}
                  </Badge>
                )}
                {openDrill === undefined ? (
                  <Button
                    icon={Play}
                    disabled={problems.length > 0}
                    onClick={() => setStarting(plan)}
                  >
                    Start
                  </Button>
                ) : (
                  <Button
                    variant="primary"
                    icon={Play}
                    onClick={() => navigate(drillsPath({ kind: 'run', id: openDrill }))}
                  >
                    Go on
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {making && <NewPlanDialog onClose={() => setMaking(false)} />}
      {starting && <StartDialog plan={starting} onClose={() => setStarting(undefined)} />}
    </div>
  );
}

function NewPlanDialog({ onClose }: { onClose: () => void }) {
  const { client } = useApp();
  const { chosen } = useScope();
  const [template, setTemplate] = useState<TemplateId>('quarterly');
  const [connection, setConnection] = useState(chosen[0]?.id ?? '');
  const { busy, attempt } = useDo();
  return (
    <Dialog
      open
      title="New plan"
      description="It begins filled in as far as the account tells; everything in it can be changed."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={connection === ''}
            onClick={() =>
              attempt('No plan was made', async () => {
                const { body } = await client.drills.planFromTemplate({ template, connection });
                const plan = await client.drills.savePlan({ body });
                navigate(drillsPath({ kind: 'plan', id: plan.id }));
              })
            }
          >
            Make it
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <Select
          label="Template"
          value={template}
          options={templates.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setTemplate}
          className="w-full"
        />
        <p className="text-xs text-ink-2">{templates.find(({ id }) => id === template)?.about}</p>
        <Select
          label="Account"
          value={connection}
          options={chosen.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setConnection}
          className="w-full"
        />
      </div>
    </Dialog>
  );
}
