import { ArrowDown, ArrowLeft, ArrowUp, Play, Plus, Save, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import {
  planBodySchema,
  planProblems,
  type Plan,
  type PlanBody,
  type PlanStep,
} from '../../../shared/model/drills/plan';
import { stepFacts } from '../../../shared/model/drills/stepKinds';
import { keyRefString } from '../../../shared/model/key';
import { useApp, useScreen } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import {
  Badge,
  Button,
  Checkbox,
  Dialog,
  ErrorPanel,
  IconButton,
  Identifier,
  Loading,
  ScreenHeader,
  Section,
  TextField,
  Time,
} from '../../ui';
import { drillsPath } from '../places';
import { useDo } from '../useDo';
import { StartDialog } from './StartDialog';

/** One plan: read, changed, started. A change makes its next version. */
export function PlanScreen({ id }: { id: string }) {
  const { client } = useApp();
  useScreen({});
  const [turn, setTurn] = useState(0);
  const {
    value: versions,
    error,
    retry,
  } = useAnswer((signal) => client.drills.planVersions({ plan: id }, { signal }), `${id} ${turn}`);
  const plan = versions?.[0];
  if (error) {
    return (
      <div className="p-4">
        <ErrorPanel error={error} onRetry={retry} />
      </div>
    );
  }
  if (!plan) return <Loading label="Reading the plan" />;
  return (
    <Editor
      key={plan.version}
      plan={plan}
      versions={versions}
      onSaved={() => setTurn((count) => count + 1)}
    />
  );
}

function Editor({
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
  const parsed = planBodySchema.safeParse(body);
  const problems = parsed.success
    ? planProblems(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

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
        <Button icon={Save} busy={busy} disabled={!changed || !parsed.success} onClick={save}>
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
            <ul role="alert" className="mb-4 rounded-md bg-stale-soft px-3 py-2 text-sm text-stale">
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
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
              <Keys body={body} onChange={(keys) => set({ scope: { ...body.scope, keys } })} />
            </div>
          </Section>
          <Section
            title="What counts as passed"
            description="Fixed before the start: a drill keeps the objectives that it began with."
          >
            <div className="grid grid-cols-4 gap-3 max-md:grid-cols-2">
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
                label="Custodians"
                value={body.custodians}
                onChange={(custodians) => set({ custodians })}
              />
            </div>
            <ul className="mt-3 divide-y divide-line rounded-md border border-line bg-surface">
              {body.objectives.map((objective) => (
                <li key={objective.id} className="px-3 py-2">
                  <p className="text-sm font-medium">{objective.text}</p>
                  <p className="text-xs text-ink-2">{objective.criterion}</p>
                </li>
              ))}
            </ul>
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
          <Steps steps={body.steps} onChange={(steps) => set({ steps })} />
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

function Keys({
  body: { scope },
  onChange,
}: {
  body: PlanBody;
  onChange: (keys: PlanBody['scope']['keys']) => void;
}) {
  const { client } = useApp();
  const { value, error } = useAnswer(
    (signal) => client.drills.suggestKeys({ connection: scope.connection }, { signal }),
    scope.connection,
  );
  const chosen = new Set(scope.keys.map(keyRefString));
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-ink-2">
        Keys in scope, the most pressing first: {scope.keys.length} chosen
      </legend>
      {error && <ErrorPanel compact error={error} />}
      <div className="max-h-56 overflow-y-auto rounded-md border border-line-strong bg-surface py-1">
        {value?.length === 0 && (
          <p className="px-3 py-2 text-sm text-ink-2">The inventory has none.</p>
        )}
        {value?.map(({ name, arn, reasons, ...ref }) => {
          const own = { connection: ref.connection, region: ref.region, keyId: ref.keyId };
          const id = keyRefString(own);
          return (
            <Checkbox
              key={id}
              checked={chosen.has(id)}
              onChange={(on) =>
                onChange(
                  on ? [...scope.keys, own] : scope.keys.filter((key) => keyRefString(key) !== id),
                )
              }
              className="px-2.5 py-1 hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate" title={arn}>
                {name.replace(/^alias\//, '')}{' '}
                <span className="text-xs text-ink-3">{ref.region}</span>
              </span>
              {reasons.map((reason) => (
                <Badge key={reason}>{reason.replaceAll('-', ' ')}</Badge>
              ))}
            </Checkbox>
          );
        })}
      </div>
    </fieldset>
  );
}

function Steps({
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

function LongText({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <label className="block">
      <span className="mb-1 block text-xs font-medium text-ink-2">{label}</span>
      <textarea
        value={value}
        rows={3}
        maxLength={10_000}
        onChange={(event) => onChange(event.target.value)}
        className="w-full rounded-md border border-control-line bg-surface px-2.5 py-1.5 text-sm text-ink select-text focus-visible:outline-offset-0"
      />
    </label>
  );
}

function NumberField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}) {
  return (
    <TextField
      label={label}
      type="number"
      min={0}
      value={String(value)}
      onChange={(text) => {
        const number = Number(text);
        if (Number.isInteger(number)) onChange(number);
      }}
    />
  );
}

function OptionalField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <TextField
      label={label}
      value={value ?? ''}
      onChange={(text) => onChange(text === '' ? undefined : text)}
    />
  );
}
