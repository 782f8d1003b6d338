import { ArrowLeft, Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/define';
import type { drills as drillsContract } from '../../../shared/contract/drills';
import { leftChanged, nextStep, toUndo } from '../../../shared/model/drills/drill';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import { useApp, useScreen } from '../../app';
import { navigate } from '../../app/location';
import { Badge, Button, cx, ErrorPanel, inks, Loading, ScreenHeader } from '../../ui';
import { drillsPath } from '../places';
import { Status } from '../Status';
import { useDo } from '../useDo';
import { resultLooks, stepLook } from '../words';
import { DrillReport } from '../report/DrillReport';
import { RecordPanel } from './RecordPanel';
import { ReasonDialog } from './ReasonDialog';
import { StepPanel } from './StepPanel';
import { Clock } from './Clock';
import { UndoList } from './UndoList';

/** A drill with what it comes to, as main tells it. */
export type DrillView = OutputOf<(typeof drillsContract)['get']>;

/** The record stands after the steps, under a name that no step has. */
const recordId = '';

/** A drill: its clock, its steps, what is changed and not yet taken back, and its record. */
export function RunScreen({ id }: { id: string }) {
  const {
    client: { drills },
    drills: changes,
  } = useApp();
  useScreen({});
  const [view, setView] = useState<DrillView>();
  const [error, setError] = useState<ErrorInfo>();
  const [chosen, setChosen] = useState<string>();
  const [pausing, setPausing] = useState(false);
  const { attempt } = useDo();

  useEffect(() => {
    const abort = new AbortController();
    const read = () =>
      void drills.get({ drill: id }, { signal: abort.signal }).then(setView, (failure: unknown) => {
        if (!abort.signal.aborted) setError(toErrorInfo(failure));
      });
    read();
    const unsubscribe = changes.subscribe((now, before) => {
      if (now.turns.get(id) !== before.turns.get(id)) read();
    });
    return () => {
      abort.abort();
      unsubscribe();
    };
  }, [drills, changes, id]);

  if (error) {
    return (
      <div className="p-4">
        <ErrorPanel error={error} />
      </div>
    );
  }
  if (!view) return <Loading label="Reading the drill" rows={12} />;
  const { drill, outcome } = view;
  const next = nextStep(drill);
  const openId = chosen ?? (drill.state === 'closed' ? recordId : (next?.id ?? recordId));
  const step = drill.steps.find((one) => one.id === openId);
  const silent = drill.participants.filter(
    ({ role, person }) =>
      role === 'custodian' && !drill.acknowledged.some((one) => one.person === person),
  );

  return (
    <div className="drill-screen flex min-h-0 min-w-0 flex-1 flex-col">
      <ScreenHeader
        title={drill.plan.name}
        note={
          <>
            {drill.practice && <Badge tone="practice">Practice</Badge>} version {drill.plan.version}
          </>
        }
      >
        <Clock view={view} />
        {drill.state === 'closed' ? (
          <Status look={resultLooks[outcome.result]} />
        ) : drill.state === 'paused' ? (
          <Button
            icon={Play}
            onClick={() =>
              attempt('Not resumed', async () => setView(await drills.resume({ drill: id })))
            }
          >
            Go on
          </Button>
        ) : (
          <Button icon={Pause} onClick={() => setPausing(true)}>
            Pause
          </Button>
        )}
        <Button icon={ArrowLeft} onClick={() => navigate(drillsPath({ kind: 'list' }))}>
          All drills
        </Button>
      </ScreenHeader>
      {leftChanged(drill).length > 0 && drill.state !== 'closed' && (
        <UndoList
          title="Still changed: take this back first"
          changes={leftChanged(drill)}
          drill={id}
          onView={setView}
        />
      )}
      {silent.length > 0 && drill.state !== 'closed' && (
        <div className="flex flex-wrap items-center gap-3 border-b bg-stale-soft px-4 py-2 text-sm text-stale print:hidden">
          <p className="min-w-0 flex-1">
            {silent.map(({ name }) => name).join(' and ')} {silent.length === 1 ? 'has' : 'have'}{' '}
            not acknowledged the custodian’s duties yet.
          </p>
          <Button onClick={() => setChosen(recordId)}>Acknowledge</Button>
        </div>
      )}
      <div className="flex min-h-0 flex-1 print:hidden">
        <nav
          aria-label="Steps"
          className="w-72 shrink-0 overflow-y-auto border-r bg-surface py-2 max-lg:w-52"
        >
          <ol>
            {drill.steps.map((one, index) => (
              <li key={one.id}>
                <StepButton
                  number={index + 1}
                  title={one.title}
                  look={stepLook(one)}
                  current={one.id === openId}
                  next={one.id === next?.id && drill.state !== 'closed'}
                  onOpen={() => setChosen(one.id)}
                />
              </li>
            ))}
            <li className="mt-1 border-t pt-1">
              <button
                type="button"
                aria-current={openId === recordId ? 'step' : undefined}
                onClick={() => setChosen(recordId)}
                className={cx(
                  'w-full px-4 py-1.5 text-left text-sm outline-offset-[-2px]',
                  openId === recordId ? 'bg-selected' : 'hover:bg-hover',
                )}
              >
                Record and signatures
              </button>
            </li>
          </ol>
        </nav>
        <div className="min-w-0 flex-1 overflow-y-auto p-4">
          {step ? (
            <StepPanel
              key={step.id}
              view={view}
              step={step}
              next={step.id === next?.id}
              onView={setView}
              onDone={() => setChosen(undefined)}
            />
          ) : (
            <RecordPanel view={view} onView={setView} />
          )}
          {toUndo(drill).length > 0 &&
            leftChanged(drill).length === 0 &&
            drill.state !== 'closed' && (
              <p className="mt-6 text-xs text-ink-3">
                {toUndo(drill).length} things of the drill’s own lie in the account until they are
                put back:{' '}
                {toUndo(drill)
                  .map(({ words }) => words.toLowerCase())
                  .join('; ')}
                .
              </p>
            )}
        </div>
      </div>
      <DrillReport view={view} />
      {pausing && (
        <ReasonDialog
          title="Pause the drill"
          description="Its clocks run on: a pause is part of the time that recovery takes."
          action="Pause"
          onClose={() => setPausing(false)}
          onReason={async (reason) => setView(await drills.pause({ drill: id, reason }))}
        />
      )}
    </div>
  );
}

function StepButton({
  number,
  title,
  look: { word, icon: Icon, tone },
  current,
  next,
  onOpen,
}: {
  number: number;
  title: string;
  look: ReturnType<typeof stepLook>;
  current: boolean;
  next: boolean;
  onOpen: () => void;
}) {
  return (
    <button
      type="button"
      aria-current={current ? 'step' : undefined}
      onClick={onOpen}
      className={cx(
        'flex w-full items-center gap-2 px-4 py-1.5 text-left outline-offset-[-2px]',
        current ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <span className={cx('shrink-0', inks[tone])}>
        <Icon aria-hidden size={14} strokeWidth={2.25} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block text-sm">
          {number}. {title}
        </span>
        <span className="block text-xs text-ink-3">{next ? 'Next' : word}</span>
      </span>
    </button>
  );
}
