import type { Drill, DrillStep } from '../../../shared/model/drills/drill';
import { recoverySeconds } from '../../../shared/model/drills/outcome';
import { duration, objectiveLooks, stepLook } from '../words';
import type { DrillView } from '../run/RunScreen';
import { At, Table } from './parts';

/**
 * The after-action report, in the order that the standard gives it: scope, objectives, scenario,
 * participants, observations, recommendations. Source: NIST SP 800-84, 4.4 and its sample report.
 */
export function AfterAction({ view: { drill, outcome } }: { view: DrillView }) {
  const { scope, scenario } = drill.plan;
  return (
    <section>
      <h2>After-action report (NIST SP 800-84)</h2>
      <h3>Scope</h3>
      <p>
        Account {drill.account ?? 'unknown'}, Region {scope.region}
        {scope.replicaRegion && ` with replicas in ${scope.replicaRegion}`}. Keys that were only
        looked at:{' '}
        {scope.keys.length === 0
          ? 'none'
          : scope.keys.map(({ keyId, region }) => `${keyId} (${region})`).join(', ')}
        . Only keys that the drill made for itself were changed.
      </p>
      <h3>Objectives</h3>
      <Table
        heads={['Objective', 'Counts as met when', 'Result', 'Took', 'Allowed']}
        widths={[25, 36, 19, 10, 10]}
        rows={outcome.objectives.map((one) => ({
          key: one.id,
          cells: [
            one.text,
            one.criterion,
            `${objectiveLooks[one.result].word}${one.result === 'met' ? '' : `: ${one.reason}`}`,
            one.seconds === undefined ? '' : duration(one.seconds),
            one.withinSeconds === undefined ? 'not limited' : duration(one.withinSeconds),
          ],
        }))}
      />
      <h3>Scenario</h3>
      <p className="drill-text">{scenario}</p>
      <h3>Participants</h3>
      <Table
        heads={['Name', 'Role', 'Key, by its SHA-256', 'Acknowledged']}
        widths={[27, 12, 41, 20]}
        rows={drill.participants.map(({ person, name, role, algorithm, fingerprint }) => {
          const acknowledged = drill.acknowledged.find((one) => one.person === person);
          return {
            key: `${person} ${role}`,
            cells: [
              name,
              role,
              `${algorithm}, ${fingerprint}`,
              role === 'custodian' ? acknowledged ? <At iso={acknowledged.at} /> : 'no' : '',
            ],
          };
        })}
      />
      <h3>Observations</h3>
      <Observations drill={drill} />
      <h3>Recommendations</h3>
      <Findings drill={drill} passed={outcome.result === 'passed'} />
    </section>
  );
}

/** What was not as it should be, and what people wrote down. */
function Observations({ drill }: { drill: Drill }) {
  const strange = drill.steps.filter(isStrange);
  return (
    <ul>
      {strange.length === 0 && <li>Every step passed at the first attempt.</li>}
      {recoverySeconds(drill) > drill.plan.rtoMinutes * 60 && (
        <li>
          Recovery took {duration(recoverySeconds(drill))}, longer than the objective of{' '}
          {duration(drill.plan.rtoMinutes * 60)}.
        </li>
      )}
      {strange.map((step) => (
        <li key={step.id}>
          {step.title}: {stepLook(step).word}. {step.reason}
          {step.attempts.slice(0, -1).map((one) => (
            <span key={one.startedAt}>
              {' '}
              Before, at <At iso={one.startedAt} />: {one.outcome ?? 'cut off'}
              {one.reason && `, ${one.reason}`}
            </span>
          ))}
        </li>
      ))}
      {drill.pauses.map(({ from, to, reason }) => (
        <li key={from}>
          Paused from <At iso={from} /> {to && <>to {<At iso={to} />}</>}: {reason}
        </li>
      ))}
      {drill.steps
        .filter(({ notes }) => notes.length > 0)
        .map(({ id, title, notes }) => (
          <li key={id}>
            Notes on “{title}”, with the system’s user who wrote them:
            <ul>
              {notes.map(({ at, person, text }) => (
                <li key={`${at} ${text}`} className="drill-text">
                  <At iso={at} />, {person}: {text}
                </li>
              ))}
            </ul>
          </li>
        ))}
    </ul>
  );
}

function isStrange({ outcome, attempts }: DrillStep): boolean {
  return outcome !== 'passed' || attempts.length > 1;
}

function Findings({ drill, passed }: { drill: Drill; passed: boolean }) {
  if (drill.findings.length === 0) {
    return (
      <p>
        No finding was written down
        {passed ? '' : ', although not every objective is met'}.
      </p>
    );
  }
  const titleOf = (id: string | undefined) => drill.steps.find((step) => step.id === id)?.title;
  return (
    <Table
      heads={['Finding', 'Step', 'Owner', 'Due', 'State']}
      widths={[40, 20, 17, 11, 12]}
      rows={drill.findings.map(({ id, text, step, owner, due, state, retest }) => ({
        key: id,
        cells: [
          text,
          titleOf(step) ?? '',
          owner,
          due,
          retest === undefined ? state : `${state}, by ${retest}`,
        ],
      }))}
    />
  );
}
