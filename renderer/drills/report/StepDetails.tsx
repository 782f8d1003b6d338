import type { Drill, DrillStep } from '../../../shared/model/drills/drill';
import { recoverySeconds, stepSeconds } from '../../../shared/model/drills/outcome';
import { stepFacts } from '../../../shared/model/drills/stepKinds';
import { checkWords, duration, stepLook } from '../words';
import type { DrillView } from '../run/RunScreen';
import { At, Table } from './parts';

/** When each step was done and how long it took, against what was allowed. */
export function Timeline({ view: { drill, outcome } }: { view: DrillView }) {
  const { plan } = drill;
  const steps = drill.steps.map((step, index) => {
    const seconds = stepSeconds(step);
    const [first] = step.attempts;
    const allowed = plan.steps.find(({ id }) => id === step.id)?.withinSeconds;
    return {
      key: step.id,
      cells: [
        `${index + 1}. ${step.title}`,
        first && <At iso={first.startedAt} />,
        seconds === undefined ? '' : duration(seconds),
        allowed === undefined ? 'not limited' : duration(allowed),
        stepLook(step).word,
      ],
    };
  });
  const recovery = recoverySeconds(drill);
  const limit = plan.rtoMinutes * 60;
  const sums = [
    {
      key: 'recovery',
      cells: [
        <b key="recovery">From the start to the last recovery</b>,
        <At key="at" iso={drill.startedAt} />,
        duration(recovery),
        duration(limit),
        recovery <= limit ? 'Within the objective' : 'Over the objective',
      ],
    },
    {
      key: 'all',
      cells: [
        <b key="all">From the start to the end</b>,
        <At key="at" iso={drill.startedAt} />,
        duration(outcome.totalSeconds),
        'not limited',
      ],
    },
  ];
  return (
    <section>
      <h2>Timeline</h2>
      <Table
        heads={['Step', 'Began', 'Took', 'Allowed', 'Outcome']}
        widths={[39, 20, 12, 12, 17]}
        rows={[...steps, ...sums]}
      />
    </section>
  );
}

const changeWords = {
  planned: 'cut off on the way',
  made: 'still changed',
  refused: 'not done',
  undone: '',
} as const;

/** What was changed in the account, and how it was taken back. */
export function Changes({ drill: { changes } }: { drill: Drill }) {
  if (changes.length === 0) return null;
  return (
    <section>
      <h2>What was changed, and taken back</h2>
      <Table
        heads={['Change', 'Of', 'When', 'Taken back']}
        widths={[23, 37, 18, 22]}
        rows={changes.map(({ id, words, target, plannedAt, state, undoWords, note }) => ({
          key: id,
          cells: [
            words,
            target,
            <At key="at" iso={plannedAt} />,
            state === 'made' && undoWords === undefined
              ? 'nothing to take back'
              : [changeWords[state], note].filter(Boolean).join(': '),
          ],
        }))}
      />
    </section>
  );
}

/** Each step: what it does, what was found, measured and called, and what was attached. */
export function StepDetails({ drill }: { drill: Drill }) {
  return (
    <section>
      <h2>The steps one by one</h2>
      {drill.steps.map((step, index) => (
        <Step key={step.id} drill={drill} step={step} number={index + 1} />
      ))}
    </section>
  );
}

function Step({ drill, step, number }: { drill: Drill; step: DrillStep; number: number }) {
  const { about, controls } = stepFacts[step.kind];
  const instructions = drill.plan.steps.find(({ id }) => id === step.id)?.instructions;
  return (
    <section>
      <h3>
        {number}. {step.title}: {stepLook(step).word}
      </h3>
      <p className="drill-small">{about}</p>
      {instructions && <p className="drill-text">{instructions}</p>}
      {step.checks.length === 0 && step.reason && (
        <p className="drill-text">
          <b>Said at its end:</b> {step.reason}
        </p>
      )}
      <ul>
        {step.checks.map(({ at, what, result, reason }) => (
          <li key={`${at} ${what}`}>
            <b>
              {what}: {checkWords[result]}.
            </b>{' '}
            {reason}
          </li>
        ))}
        {step.measured.map(({ what, seconds }) => (
          <li key={what}>
            <b>{what}:</b> {duration(seconds)}
          </li>
        ))}
        {step.evidence.map(({ name, sha256, by }) => (
          <li key={name}>
            <b>File {name}</b>, {by}, SHA-256 {sha256}
          </li>
        ))}
      </ul>
      {step.calls.length > 0 && <Callers step={step} />}
      {step.calls.length > 0 && (
        <Table
          heads={['Call', 'Answered', 'Request id', 'Outcome', 'CloudTrail event']}
          widths={[27, 10, 18.5, 26, 18.5]}
          rows={step.calls.map((call) => ({
            key: call.id,
            cells: [
              <Lines key="call" first={call.operation} second={call.region} />,
              <At key="at" iso={call.answeredAt} />,
              call.requestId ?? '',
              call.outcome === 'ok' ? 'done' : (call.error ?? call.outcome),
              call.logged?.eventId ?? (call.unlogged ? 'not logged by AWS' : 'none found'),
            ],
          }))}
        />
      )}
      {controls.length > 0 && <p className="drill-small">Evidence for {controls.join(', ')}.</p>}
    </section>
  );
}

/** Whose credentials the calls of a step were made with. */
function Callers({ step: { calls } }: { step: DrillStep }) {
  const callers = new Set(calls.map(({ principal, connection }) => principal ?? connection));
  return <p className="drill-small">Called as {[...callers].join(' and as ')}.</p>;
}

function Lines({ first, second }: { first: string; second: string }) {
  return (
    <>
      {first}
      <br />
      {second}
    </>
  );
}
