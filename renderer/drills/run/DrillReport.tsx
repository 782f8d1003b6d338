import { stepFacts } from '../../../shared/model/drills/stepKinds';
import { stepSeconds } from '../../../shared/model/drills/outcome';
import { duration, objectiveLooks, resultLooks, stepLook } from '../words';
import type { DrillView } from './RunScreen';

/**
 * The report on paper, in the order of an after-action report: scope, objectives, scenario,
 * participants, what was observed, recommendations. Source: NIST SP 800-84, appendix on after-action
 * reports. It is only there when printed.
 */
export function DrillReport({ view: { drill, outcome } }: { view: DrillView }) {
  const { plan } = drill;
  return (
    <div className="drill-report hidden print:block">
      <h1>Recovery drill: {plan.name}</h1>
      <p className="drill-lead">
        {resultLooks[outcome.result].word}. {outcome.reason}
      </p>
      <dl>
        <Fact name="Drill" value={drill.id} />
        <Fact name="Plan" value={`version ${plan.version}, SHA-256 ${plan.hash}`} />
        <Fact name="Account" value={drill.account ?? 'unknown'} />
        {drill.practice && <Fact name="Practice" value="on the practice account: a rehearsal" />}
        <Fact name="Started" value={drill.startedAt} />
        {drill.ticket && <Fact name="Change ticket" value={drill.ticket} />}
        <Fact
          name="Recovery time"
          value={`${duration(outcome.totalSeconds)} of ${plan.rtoMinutes} min; paused ${duration(outcome.pausedSeconds)}`}
        />
        <Fact name="Recovery point" value={`${plan.rpoMinutes} min`} />
        {drill.previous && <Fact name="Drill before" value={drill.previous.sha256} />}
      </dl>

      <h2>Scope and scenario</h2>
      <p>{plan.scenario}</p>
      <p>
        {plan.scope.keys.length} keys in {plan.scope.region}
        {plan.scope.replicaRegion && `, replica in ${plan.scope.replicaRegion}`}.
      </p>

      <h2>Objectives</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Objective</th>
            <th scope="col">Criterion</th>
            <th scope="col">Result</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {outcome.objectives.map((one) => (
            <tr key={one.id}>
              <td>{one.text}</td>
              <td>{one.criterion}</td>
              <td>
                {objectiveLooks[one.result].word}
                {one.result !== 'met' && `: ${one.reason}`}
              </td>
              <td>
                {one.seconds === undefined ? '' : duration(one.seconds)}
                {one.withinSeconds !== undefined && ` of ${duration(one.withinSeconds)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>

      <h2>Participants</h2>
      <ul>
        {drill.participants.map(({ person, name, role, fingerprint }) => (
          <li key={`${person} ${role}`}>
            {name}, {role}, key {fingerprint}
            {drill.acknowledged.some((one) => one.person === person) && ', has acknowledged'}
          </li>
        ))}
      </ul>

      <h2>Timeline</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Began</th>
            <th scope="col">Took</th>
            <th scope="col">Allowed</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {drill.steps.map((step, index) => {
            const allowed = plan.steps.find(({ id }) => id === step.id)?.withinSeconds;
            const seconds = stepSeconds(step);
            return (
              <tr key={step.id}>
                <td>
                  {index + 1}. {step.title}
                </td>
                <td>{step.attempts[0]?.startedAt ?? ''}</td>
                <td>{seconds === undefined ? '' : duration(seconds)}</td>
                <td>{allowed === undefined ? '' : duration(allowed)}</td>
                <td>{stepLook(step).word}</td>
              </tr>
            );
          })}
        </tbody>
      </table>

      <h2>Observations</h2>
      {drill.steps.map((step, index) => (
        <section key={step.id}>
          <h3>
            {index + 1}. {step.title}: {stepLook(step).word}
          </h3>
          <p>{stepFacts[step.kind].about}</p>
          {step.reason && <p>{step.reason}</p>}
          {step.checks.length > 0 && (
            <ul>
              {step.checks.map((check) => (
                <li key={`${check.at} ${check.what}`}>
                  {checkWords[check.result]}: {check.what} {check.reason}
                </li>
              ))}
            </ul>
          )}
          {step.measured.length > 0 && (
            <p>
              Measured:{' '}
              {step.measured.map(({ what, seconds }) => `${what} ${duration(seconds)}`).join('; ')}.
            </p>
          )}
          {step.calls.length > 0 && (
            <table className="drill-calls">
              <thead>
                <tr>
                  <th scope="col">Call</th>
                  <th scope="col">Answered</th>
                  <th scope="col">Request</th>
                  <th scope="col">Outcome</th>
                  <th scope="col">CloudTrail event</th>
                </tr>
              </thead>
              <tbody>
                {step.calls.map((call) => (
                  <tr key={call.id}>
                    <td>
                      {call.operation} {call.region}
                    </td>
                    <td>{call.answeredAt}</td>
                    <td>{call.requestId ?? ''}</td>
                    <td>{call.outcome === 'ok' ? 'done' : (call.error ?? call.outcome)}</td>
                    <td>
                      {call.logged?.eventId ?? (call.unlogged ? 'not logged by AWS' : 'none found')}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {step.notes.map((note) => (
            <p key={`${note.at} ${note.text}`}>
              Note of {note.person}, {note.at}: {note.text}
            </p>
          ))}
          {step.evidence.map((file) => (
            <p key={file.name}>
              File {file.name}, SHA-256 {file.sha256}
            </p>
          ))}
          {stepFacts[step.kind].controls.length > 0 && (
            <p className="drill-small">Evidence for {stepFacts[step.kind].controls.join(', ')}.</p>
          )}
        </section>
      ))}

      <h2>Findings and recommendations</h2>
      {drill.findings.length === 0 ? (
        <p>None was written down.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Finding</th>
              <th scope="col">Owner</th>
              <th scope="col">Due</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {drill.findings.map((finding) => (
              <tr key={finding.id}>
                <td>{finding.text}</td>
                <td>{finding.owner}</td>
                <td>{finding.due}</td>
                <td>{finding.state}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

const checkWords = { pass: 'Yes', fail: 'No', 'cannot-tell': 'Cannot tell' } as const;

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
