import { ArrowLeft, Play, Save, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { planBodySchema, type Plan, type PlanBody } from '../../../shared/model/drills/plan';
import { planIssues } from '../../../shared/model/drills/planIssues';
import { useApp } from '../../app';
import { navigate } from '../../app/location';
import {
  Button,
  Dialog,
  Identifier,
  LongText,
  ScreenHeader,
  Section,
  TextField,
  Time,
} from '../../ui';
import { drillsPath } from '../places';
import { useDo } from '../useDo';
import { NumberField, OptionalField } from './fields';
import { PlanKeys } from './PlanKeys';
import { PlanObjectives } from './PlanObjectives';
import { PlanRestore } from './PlanRestore';
import { PlanSteps } from './PlanSteps';
import { StartDialog } from './StartDialog';

/** Changes a plan; what is saved becomes its next version. */
export function PlanEditor({
  plan,
  versions,
  onSaved,
}: {
  plan: Plan;
  versions: readonly Plan[];
  onSaved: () => void;
}) {
  const { client, toaster } = useApp();
  const [body, setBody] = useState<PlanBody>(() => planBodySchema.parse(plan));
  const [starting, setStarting] = useState(false);
  const [retiring, setRetiring] = useState(false);
  const { busy, attempt } = useDo();
  const set = (change: Partial<PlanBody>) => setBody({ ...body, ...change });
  const changed = JSON.stringify(body) !== JSON.stringify(planBodySchema.parse(plan));
  const { success: whole } = planBodySchema.safeParse(body);
  const problems = planIssues(body);

  const save = () =>
    attempt('Not saved', async () => {
      const saved = await client.drills.savePlan({ plan: plan.id, body });
      toaster.add({ title: `Version ${saved.version} is saved` });
      onSaved();
    });

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <ScreenHeader title={plan.name} note={`version ${plan.version}`}>
        <Button icon={ArrowLeft} onClick={() => navigate(drillsPath({ kind: 'plans' }))}>
          All plans
        </Button>
        <Button icon={Save} busy={busy} disabled={!changed || !whole} onClick={save}>
          Save as the next version
        </Button>
        <Button
          variant="primary"
          icon={Play}
          disabled={changed || problems.length > 0}
          onClick={() => setStarting(true)}
        >
          Start the drill
        </Button>
      </ScreenHeader>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <div className="max-w-200">
          {problems.length > 0 && (
            <div
              role="alert"
              className="mb-4 rounded-md bg-stale-soft px-3 py-2 text-sm text-stale"
            >
              <ul>
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            </div>
          )}
          <Section title="What is drilled">
            <div className="space-y-3">
              <TextField
                label="Name"
                value={body.name}
                onChange={(name) => set({ name })}
                maxLength={200}
              />
              <LongText
                label="Scenario"
                value={body.scenario}
                onChange={(scenario) => set({ scenario })}
              />
              <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
                <TextField
                  label="Region"
                  value={body.scope.region}
                  onChange={(region) => set({ scope: { ...body.scope, region } })}
                />
                <TextField
                  label="Region of the replica"
                  value={body.scope.replicaRegion ?? ''}
                  onChange={(region) =>
                    set({
                      scope: { ...body.scope, replicaRegion: region === '' ? undefined : region },
                    })
                  }
                />
              </div>
              <PlanKeys body={body} onChange={(keys) => set({ scope: { ...body.scope, keys } })} />
            </div>
          </Section>
          <Section
            title="What counts as passed"
            description="Fixed before the start: a drill keeps the objectives that it began with."
          >
            <div className="grid grid-cols-5 gap-3 max-lg:grid-cols-3">
              <NumberField
                label="Recovery time, minutes"
                value={body.rtoMinutes}
                onChange={(rtoMinutes) => set({ rtoMinutes })}
              />
              <NumberField
                label="Recovery point, minutes"
                value={body.rpoMinutes}
                onChange={(rpoMinutes) => set({ rpoMinutes })}
              />
              <NumberField
                label="Every so many days"
                value={body.cadenceDays}
                onChange={(cadenceDays) => set({ cadenceDays })}
              />
              <NumberField
                label="Reminded days before"
                value={body.remindDays}
                onChange={(remindDays) => set({ remindDays })}
              />
              <NumberField
                label="Custodians"
                value={body.custodians}
                onChange={(custodians) => set({ custodians })}
              />
            </div>
            <PlanObjectives
              objectives={body.objectives}
              steps={body.steps}
              onChange={(objectives) => set({ objectives })}
            />
          </Section>
          <Section
            title="Who and what takes part"
            description="The usual identity must be refused, the emergency role must get in with an MFA code, the backup account must open what was sealed here."
          >
            <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
              <OptionalField
                label="Usual identity (connection)"
                value={body.identities.usual}
                onChange={(usual) => set({ identities: { ...body.identities, usual } })}
              />
              <OptionalField
                label="Emergency role’s ARN"
                value={body.identities.breakGlassRole}
                onChange={(breakGlassRole) =>
                  set({ identities: { ...body.identities, breakGlassRole } })
                }
              />
              <OptionalField
                label="MFA device"
                value={body.identities.mfaSerial}
                onChange={(mfaSerial) => set({ identities: { ...body.identities, mfaSerial } })}
              />
              <OptionalField
                label="Backup account (connection)"
                value={body.identities.backup}
                onChange={(backup) => set({ identities: { ...body.identities, backup } })}
              />
              <OptionalField
                label="Alarm for disabled and deleted keys"
                value={body.alarms.keyState}
                onChange={(keyState) => set({ alarms: { ...body.alarms, keyState } })}
              />
              <NumberField
                label="It goes off within, minutes"
                value={body.alarms.withinMinutes}
                onChange={(withinMinutes) => set({ alarms: { ...body.alarms, withinMinutes } })}
              />
            </div>
          </Section>
          <PlanRestore body={body} onChange={set} />
          <PlanSteps steps={body.steps} onChange={(steps) => set({ steps })} />
          <Section title="Versions">
            <ol className="space-y-1 text-xs text-ink-2">
              {versions.map((version) => (
                <li key={version.version} className="flex flex-wrap items-center gap-x-3">
                  <span>Version {version.version}</span>
                  <Time iso={version.savedAt} precision="minute" bare />
                  <span>{version.savedBy}</span>
                  <Identifier value={version.hash} label="SHA-256 of the plan" max={24} />
                </li>
              ))}
            </ol>
            <Button
              className="mt-3"
              variant="danger"
              icon={Trash2}
              onClick={() => setRetiring(true)}
            >
              Retire the plan
            </Button>
          </Section>
        </div>
      </div>
      {starting && <StartDialog plan={plan} onClose={() => setStarting(false)} />}
      {retiring && (
        <Dialog
          open
          title="Retire this plan?"
          description="It leaves the calendar and cannot be started any more. Its drills stay."
          onClose={() => setRetiring(false)}
          footer={
            <>
              <Button onClick={() => setRetiring(false)}>Cancel</Button>
              <Button
                variant="danger"
                onClick={() =>
                  attempt('Not retired', async () => {
                    await client.drills.retirePlan({ plan: plan.id });
                    navigate(drillsPath({ kind: 'plans' }));
                  })
                }
              >
                Retire
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}
