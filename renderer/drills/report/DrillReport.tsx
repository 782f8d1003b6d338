import { reportTitle } from '../../../shared/model/drills/drill';
import { recoverySeconds } from '../../../shared/model/drills/outcome';
import { duration, resultLooks } from '../words';
import type { DrillView } from '../run/RunScreen';
import { AfterAction } from './AfterAction';
import { At, Fact } from './parts';
import { Changes, StepDetails, Timeline } from './StepDetails';
import './print.css';

/**
 * The report on paper: the summary, the after-action report, the times, and after these what each step
 * did, call by call. It is only there when printed.
 */
export function DrillReport({ view }: { view: DrillView }) {
  const { drill, outcome } = view;
  const { plan } = drill;
  return (
    <article className="drill-report hidden print:block" aria-label="Printed report">
      <h1>{reportTitle(drill)}</h1>
      <p className="drill-lead">
        {resultLooks[outcome.result].word}. {outcome.reason}
        {drill.practice &&
          ' This is a rehearsal on the practice account: no real key was drilled, and time there was moved on instead of waited for.'}
      </p>
      <dl>
        <Fact name="Drill">{drill.id}</Fact>
        <Fact name="Plan">
          version {plan.version}, SHA-256 {plan.hash}
        </Fact>
        <Fact name="Account">
          {drill.account ?? 'unknown'}
          {drill.practice && ', of the practice account'}
        </Fact>
        <Fact name="Started">
          <At iso={drill.startedAt} /> UTC, like every time in this report, by the account’s clock
        </Fact>
        {drill.ticket && <Fact name="Change ticket">{drill.ticket}</Fact>}
        <Fact name="Recovery time">
          {duration(recoverySeconds(drill))} from the start to the last step that recovers
          something; the objective is {duration(plan.rtoMinutes * 60)}. The whole drill took{' '}
          {duration(outcome.totalSeconds)}
          {outcome.pausedSeconds > 0 && `, of which ${duration(outcome.pausedSeconds)} paused`}
        </Fact>
        <Fact name="Recovery point">
          the objective is {duration(plan.rpoMinutes * 60)}; no step measures how old restored data
          is
        </Fact>
        <Fact name="Drill before">
          {drill.previous
            ? `${drill.previous.drill}, SHA-256 of its SHA256SUMS ${drill.previous.sha256}`
            : 'none by this plan'}
        </Fact>
        <Fact name="Signatures">
          over SHA256SUMS of the bundle, which names this report; VERIFY.md has the commands that
          check them
        </Fact>
      </dl>
      <AfterAction view={view} />
      <Timeline view={view} />
      <Changes drill={drill} />
      <StepDetails drill={drill} />
    </article>
  );
}
