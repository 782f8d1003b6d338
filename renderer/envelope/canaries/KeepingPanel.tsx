import { CalendarClock, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import {
  withoutCanary,
  type CanaryCoverage,
  type CanaryKeeping,
} from '../../../shared/model/drills/canarySchedule';
import { toErrorInfo } from '../../../shared/model/errors';
import { keyRefString } from '../../../shared/model/key';
import { useApp } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import { Badge, Button, ErrorPanel, Identifier, Time, type Tone } from '../../ui';
import { useSealingKeys } from '../useSealingKeys';
import { ScheduleDialog } from './ScheduleDialog';

/** Which keys are kept with canaries, and which of their materials have one. */
export function KeepingPanel({ turn, onChanged }: { turn: number; onChanged: () => void }) {
  const { client, toaster } = useApp();
  const {
    value: keeping,
    error,
    retry,
  } = useAnswer((signal) => client.drills.canaryKeeping(undefined, { signal }), turn);
  const [planning, setPlanning] = useState(false);
  const [busy, setBusy] = useState(false);

  async function attempt(failed: string, work: () => Promise<Note | undefined>): Promise<void> {
    setBusy(true);
    try {
      const note = await work();
      if (note) toaster.add(note);
    } catch (failure) {
      const { message } = toErrorInfo(failure);
      toaster.add({ title: failed, description: message, type: 'error' });
    }
    setBusy(false);
    onChanged();
  }

  if (error) return <ErrorPanel error={error} onRetry={retry} />;
  if (!keeping) return null;
  const { schedule, keys } = keeping;
  const due = keys.filter(({ state }) => state === 'due').length;
  return (
    <section
      aria-label="Kept on schedule"
      className="mb-4 rounded-md border border-line bg-surface"
    >
      <div className="flex flex-wrap items-center gap-3 px-4 py-3">
        <div className="min-w-64 flex-1 space-y-1">
          <h2 className="flex items-center gap-2 text-sm font-medium">
            Kept on schedule{' '}
            <Badge tone={schedule.on ? 'info' : 'quiet'}>{schedule.on ? 'On' : 'Off'}</Badge>
          </h2>
          <p className="text-xs text-ink-2">
            <About keeping={keeping} />
          </p>
        </div>
        {keys.length > 0 && (
          <Button
            icon={RefreshCw}
            busy={busy}
            onClick={() =>
              void attempt('Not looked at', async () => {
                await client.drills.lookAtCanaries();
                return undefined;
              })
            }
          >
            Look now
          </Button>
        )}
        {schedule.on && due > 0 && (
          <Button
            busy={busy}
            onClick={() =>
              void attempt('Not made', async () => {
                const { made, problems } = await client.drills.makeCanaries({});
                return madeNote(made.length, problems.length);
              })
            }
          >
            Make what is due
          </Button>
        )}
        <Button icon={CalendarClock} onClick={() => setPlanning(true)}>
          {schedule.on ? 'Change' : 'Keep canaries on schedule'}
        </Button>
      </div>
      {keys.length > 0 && (
        <ul aria-label="Keys on schedule" className="divide-y divide-line border-t border-line">
          {keys.map((coverage) => (
            <Line key={keyRefString(coverage.key)} coverage={coverage} />
          ))}
        </ul>
      )}
      {planning && (
        <ScheduleDialog
          keeping={keeping}
          onClose={() => setPlanning(false)}
          onDone={() => {
            setPlanning(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
}

function About({ keeping: { schedule, lookedAt, nextAt, agreed } }: { keeping: CanaryKeeping }) {
  if (!schedule.on) {
    return (
      <>
        A drill can open old data only if a canary was sealed before the rotation. Claviger can make
        one for each new key material by itself, with the keys that you choose.
      </>
    );
  }
  const many = schedule.keys.length === 1 ? 'A key' : `${schedule.keys.length} keys`;
  return (
    <>
      {many}: a canary for each new key material, and one every {schedule.everyDays} days, while
      Claviger runs.{' '}
      {lookedAt !== undefined && (
        <>
          Looked at <Time iso={lookedAt} precision="minute" bare />.{' '}
        </>
      )}
      {nextAt !== undefined && (
        <>
          Next look <Time iso={nextAt} precision="minute" bare />.{' '}
        </>
      )}
      {agreed && (
        <>
          {agreed.by} agreed to the calls on <Time iso={agreed.at} precision="date" bare />.
        </>
      )}
    </>
  );
}

const looks: Readonly<Record<CanaryCoverage['state'], { word: string; tone: Tone }>> = {
  covered: { word: 'Covered', tone: 'pass' },
  due: { word: 'Due', tone: 'stale' },
  'cannot-tell': { word: 'Cannot tell', tone: 'unsure' },
};

function Line({ coverage }: { coverage: CanaryCoverage }) {
  const { keys } = useSealingKeys();
  const { key, state, reason, materials, problem } = coverage;
  const known = keys.find(({ id }) => id === keyRefString(key));
  const late = withoutCanary(coverage).length;
  return (
    <li className="space-y-1 px-4 py-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Badge tone={looks[state].tone}>{looks[state].word}</Badge>
        <span className="font-medium">{known?.name.replace(/^alias\//, '') ?? key.keyId}</span>
        <span className="text-xs text-ink-3">
          {known?.place ?? `${key.connection}, ${key.region}`}
        </span>
      </p>
      <p className="text-xs text-ink-2">
        {reason}
        {problem && problem.message !== reason && ` ${problem.message}`}
        {late > 0 &&
          ` ${late === 1 ? 'An older material has' : `${late} older materials have`} no canary, and it is too late to make one: an envelope that was sealed then can be kept as one (Open, Inspect).`}
      </p>
      {materials.length > 0 && (
        <ul
          aria-label="Key materials"
          className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-3"
        >
          {materials.map(({ id, state: of, canaries }) => (
            <li key={id} className="flex items-center gap-1.5">
              <Identifier value={id} label="Key material id" max={20} />
              {of === 'current' ? 'present' : of},{' '}
              {canaries === 1 ? 'a canary' : canaries === 0 ? 'no canary' : `${canaries} canaries`}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

interface Note {
  readonly title: string;
  readonly description?: string;
  readonly type?: 'error';
}

function madeNote(made: number, failed: number): Note {
  const title =
    made === 0
      ? failed === 0
        ? 'No canary was due'
        : 'No canary could be made'
      : made === 1
        ? 'A canary is made'
        : `${made} canaries are made`;
  if (failed === 0) return { title };
  return {
    title,
    description: `${failed === 1 ? 'One' : failed} could not be made: the list says why.`,
    type: 'error',
  };
}
