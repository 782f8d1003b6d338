import { CalendarPlus, FlaskConical, GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import type { DrillSummary } from '../../../shared/contract/drills';
import { useApp, useHasPractice } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { Badge, Button, Checkbox, EmptyState, ErrorPanel, Loading, Time } from '../../ui';
import { drillsPath } from '../places';
import { Status } from '../Status';
import { useDo } from '../useDo';
import { duration, resultLooks } from '../words';
import { DueList } from './DueList';
import { RecoveryTimes } from './RecoveryTimes';
import { RehearseDialog } from './RehearseDialog';
import { VerifyBundle } from './VerifyBundle';

/** What is due, what is under way, and every drill that there was. */
export function ListView() {
  const { client, toaster } = useApp();
  const hasPractice = useHasPractice();
  const {
    value: drills,
    error,
    retry,
  } = useAnswer((signal) => client.drills.list(undefined, { signal }));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [rehearsing, setRehearsing] = useState(false);
  const { attempt } = useDo();
  const [first, second] = chosen;

  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <div className="mb-4 flex flex-wrap gap-2">
        {hasPractice && (
          <Button icon={FlaskConical} onClick={() => setRehearsing(true)}>
            Rehearse on the practice account
          </Button>
        )}
        <VerifyBundle />
        <Button
          icon={CalendarPlus}
          onClick={() =>
            attempt('Not exported', async () => {
              const written = await client.drills.exportCalendar();
              if (written)
                toaster.add({ title: 'The calendar is written', description: written.file });
            })
          }
        >
          Export the calendar
        </Button>
        {first !== undefined && second !== undefined && (
          <Button
            icon={GitCompareArrows}
            onClick={() => navigate(drillsPath({ kind: 'compare', before: second, after: first }))}
          >
            Compare the two
          </Button>
        )}
      </div>
      <DueList />
      {error && <ErrorPanel error={error} onRetry={retry} />}
      {!drills && !error && <Loading label="Reading the drills" />}
      {drills && drills.length === 0 && (
        <EmptyState
          icon={CalendarPlus}
          title="No drill yet"
          actions={
            <Button variant="primary" onClick={() => navigate(drillsPath({ kind: 'plans' }))}>
              Make a plan
            </Button>
          }
        >
          Once a quarter two people lose a key and get it back, on the clock. What comes out is a
          signed record that an auditor can verify without this program. A plan comes first; the
          practice account is there to rehearse.
        </EmptyState>
      )}
      {drills && drills.length > 0 && (
        <>
          <RecoveryTimes drills={drills} />
          <ul
            aria-label="Drills"
            className="divide-y divide-line rounded-md border border-line bg-surface"
          >
            {drills.map((drill) => (
              <Line
                key={drill.id}
                drill={drill}
                chosen={chosen.includes(drill.id)}
                onChoose={(on) =>
                  setChosen(
                    on
                      ? [...chosen, drill.id].slice(-2)
                      : chosen.filter((each) => each !== drill.id),
                  )
                }
              />
            ))}
          </ul>
        </>
      )}
      {rehearsing && <RehearseDialog onClose={() => setRehearsing(false)} />}
    </div>
  );
}

function Line({
  drill,
  chosen,
  onChoose,
}: {
  drill: DrillSummary;
  chosen: boolean;
  onChoose: (on: boolean) => void;
}) {
  const open = drill.state !== 'closed';
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      <Checkbox
        label={`Compare ${drill.planName} of ${drill.startedAt}`}
        checked={chosen}
        onChange={onChoose}
      />
      <button
        type="button"
        onClick={() => navigate(drillsPath({ kind: 'run', id: drill.id }))}
        className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 rounded-sm text-left hover:underline"
      >
        <span className="w-32 shrink-0 text-sm tabular-nums">
          <Time iso={drill.startedAt} precision="minute" bare />
        </span>
        <span className="min-w-0 flex-1 truncate text-sm font-medium">
          {drill.planName}{' '}
          <span className="font-normal text-ink-3">version {drill.planVersion}</span>
        </span>
      </button>
      <span className="flex flex-wrap items-center justify-end gap-2 text-xs text-ink-3">
        {drill.practice && <Badge tone="practice">Practice</Badge>}
        {drill.toUndo > 0 && <Badge tone="fail">{drill.toUndo} to undo</Badge>}
        {open ? (
          <Badge tone="info">{drill.state === 'paused' ? 'Paused' : 'Under way'}</Badge>
        ) : (
          <Status look={resultLooks[drill.result]} />
        )}
        <span className="w-24 text-right tabular-nums">{duration(drill.totalSeconds)}</span>
        <span className="w-20 text-right">
          {!open && `${drill.signatures} ${drill.signatures === 1 ? 'signature' : 'signatures'}`}
        </span>
      </span>
    </li>
  );
}
