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
      <h1>Recovery drill: {plan.name}</h1>
      <p className="drill-lead">
        {resultLooks[outcome.result].word}. {outcome.reason}
      </p>
      <dl>
        <Fact name="Drill">{drill.id}</Fact>
        <Fact name="Plan">
          version {plan.version}, SHA-256 {plan.hash}
        </Fact>
        <Fact name="Account">
          {drill.account ?? 'unknown'}
          {drill.practice && ', the practice account: a rehearsal'}
        </Fact>
        <Fact name="Started">
          <At iso={drill.startedAt} /> UTC, like every time in this report, by the account’s clock
        </Fact>
        {drill.ticket && <Fact name="Change ticket">{drill.ticket}</Fact>}
        <Fact name="Recovery time">
          {duration(outcome.totalSeconds)}, of which {duration(outcome.pausedSeconds)} paused; the
          objective is {duration(plan.rtoMinutes * 60)}
        </Fact>
        <Fact name="Recovery point">the objective is {duration(plan.rpoMinutes * 60)}</Fact>
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
