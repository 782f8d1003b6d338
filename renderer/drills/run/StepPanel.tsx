import { Play, ShieldQuestionMark } from 'lucide-react';
import { useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define';
import type { drills as drillsContract } from '../../../shared/contract/drills';
import type { DrillStep } from '../../../shared/model/drills/drill';
import { stepFacts } from '../../../shared/model/drills/stepKinds';
import { useClient } from '../../app';
import { Badge, Button, ErrorPanel, Spinner, TextField } from '../../ui';
import { Status } from '../Status';
import { useDo } from '../useDo';
import { stepLook } from '../words';
import { CustodianFields, type Brought } from './CustodianFields';
import { EndStepDialog, type Ending } from './EndStepDialog';
import { PreflightList } from './PreflightList';
import type { DrillView } from './RunScreen';
import { StepExtras } from './StepExtras';
import { StepRecord } from './StepRecord';

/** One step: what will happen, whether it can, the doing, and what came of it. */
export function StepPanel({
  view,
  step,
  next,
  onView,
  onDone,
}: {
  view: DrillView;
  step: DrillStep;
  /** It is the one that comes next. */
  next: boolean;
  onView: (view: DrillView) => void;
  onDone: () => void;
}) {
  const { drills, practice } = useClient();
  const { drill } = view;
  const serial = drill.plan.identities.mfaSerial;
  const facts = stepFacts[step.kind];
  const planned = drill.plan.steps.find(({ id }) => id === step.id);
  const custodians = drill.participants.filter(({ role }) => role === 'custodian');
  const [what, setWhat] = useState<string>();
  const [checks, setChecks] = useState<OutputOf<(typeof drillsContract)['preflight']>>();
  const [mfaCode, setMfaCode] = useState('');
  const [brought, setBrought] = useState<ReadonlyMap<string, Brought>>(new Map());
  const [ending, setEnding] = useState<Ending>();
  const { busy, error, attempt } = useDo();
  const working = useRef<AbortController>(undefined);
  const at = { drill: drill.id, step: step.id };
  const open = drill.state === 'running' && step.state !== 'ended';
  const silent = custodians.some(
    ({ person }) => !drill.acknowledged.some((one) => one.person === person),
  );
  const canRun =
    drill.state === 'running' &&
    !silent &&
    (next || step.state !== 'waiting') &&
    what === undefined;
  const needsMfa = facts.needs.includes('mfa-code');
  const needsShares = facts.needs.includes('shares');
  const missing =
    (needsMfa && !/^\d{6}$/.test(mfaCode)) ||
    (needsShares && custodians.some(({ person }) => !brought.has(person)));

  const run = () =>
    attempt('The step could not be done', async () => {
      const own = new AbortController();
      working.current = own;
      setWhat('Beginning');
      try {
        const after = await drills.runStep(
          {
            ...at,
            ...(needsMfa && { mfaCode }),
            ...(needsShares && {
              custodians: custodians.map(({ person }) => ({ person, ...brought.get(person) })),
            }),
          },
          {
            signal: own.signal,
            onProgress: ({ what: now, drill: soFar }) => {
              setWhat(now);
              if (soFar) onView({ ...view, drill: soFar });
            },
          },
        );
        onView(after);
        const ended = after.drill.steps.find(({ id }) => id === step.id);
        if (ended?.outcome === 'passed') onDone();
      } finally {
        setWhat(undefined);
        setMfaCode('');
        setBrought(new Map());
        // What was cut off on the way is told as it stands.
        onView(await drills.get({ drill: drill.id }));
      }
    });

  return (
    <article aria-label={step.title} className="max-w-200">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-base font-semibold">{step.title}</h2>
        <Status look={stepLook(step)} />
        {facts.changesKeys && <Badge tone="stale">Changes the drill’s own keys</Badge>}
      </div>
      <p className="mt-2 text-sm">{facts.about}</p>
      {facts.undo && <p className="mt-1 text-sm text-ink-2">Way back: {facts.undo}</p>}
      {planned?.instructions && (
        <p className="mt-2 rounded-md border border-line bg-surface px-3 py-2 text-sm whitespace-pre-wrap">
          {planned.instructions}
        </p>
      )}
      {planned && planned.evidence.length > 0 && (
        <p className="mt-2 text-xs text-ink-2">To be attached: {planned.evidence.join(', ')}.</p>
      )}
      {facts.controls.length > 0 && (
        <p className="mt-2 text-xs text-ink-3">Evidence for {facts.controls.join(', ')}.</p>
      )}

      {open && (
        <section aria-label="Do it" className="mt-4 space-y-3 rounded-md border bg-surface p-4">
          {needsMfa && (
            <div className="flex items-end gap-2">
              <TextField
                label="MFA code of who breaks glass"
                inputMode="numeric"
                maxLength={6}
                value={mfaCode}
                onChange={setMfaCode}
                className="w-48"
              />
              {drill.practice && serial !== undefined && (
                <Button
                  onClick={() =>
                    attempt('No code', async () =>
                      setMfaCode((await practice.mfaCode({ serial })).code),
                    )
                  }
                >
                  The practice device’s code
                </Button>
              )}
            </div>
          )}
          {needsShares && (
            <CustodianFields custodians={custodians} brought={brought} onChange={setBrought} />
          )}
          <div className="flex flex-wrap gap-2">
            {facts.automatic && (
              <Button
                icon={ShieldQuestionMark}
                busy={busy && what === undefined}
                disabled={!canRun}
                onClick={() =>
                  attempt('Not asked', async () => setChecks(await drills.preflight(at)))
                }
              >
                Can it be done?
              </Button>
            )}
            {(facts.automatic || step.state === 'waiting') && (
              <Button
                variant="primary"
                icon={Play}
                busy={what !== undefined}
                disabled={!canRun || missing}
                onClick={run}
              >
                {facts.automatic ? (step.attempts.length > 0 ? 'Do it again' : 'Do it') : 'Begin'}
              </Button>
            )}
            {!facts.automatic && step.state === 'running' && (
              <>
                <Button variant="primary" onClick={() => setEnding('passed')}>
                  It passed
                </Button>
                <Button onClick={() => setEnding('failed')}>It failed</Button>
              </>
            )}
            <Button variant="ghost" onClick={() => setEnding('skipped')}>
              Skip
            </Button>
            <Button variant="ghost" onClick={() => setEnding('not-applicable')}>
              Not applicable
            </Button>
          </div>
          {silent && (
            <p className="text-xs text-ink-3">
              Before the first step the custodians acknowledge their duties.
            </p>
          )}
          {!next && step.state === 'waiting' && (
            <p className="text-xs text-ink-3">
              Steps are done in their order: another comes first.
            </p>
          )}
          {what !== undefined && (
            <div className="flex items-center gap-3">
              <output className="flex items-center gap-2 text-sm text-ink-2">
                <Spinner /> {what}
              </output>
              <Button variant="ghost" onClick={() => working.current?.abort()}>
                Stop
              </Button>
            </div>
          )}
          {checks && <PreflightList checks={checks} />}
        </section>
      )}

      {error && (
        <div className="mt-4">
          <ErrorPanel error={error} />
        </div>
      )}
      <StepRecord step={step} />

      {drill.state !== 'closed' && <StepExtras drill={drill.id} step={step.id} onView={onView} />}
      {ending && (
        <EndStepDialog
          ending={ending}
          onClose={() => setEnding(undefined)}
          onReason={async (reason) => {
            onView(await drills.endStep({ ...at, outcome: ending, reason }));
            onDone();
          }}
        />
      )}
    </article>
  );
}
