import type { ReactNode } from 'react';
import type { DrillStep } from '../../../shared/model/drills/drill';
import { secondsBetween } from '../../../shared/model/drills/outcome';
import { Badge, Identifier, Time } from '../../ui';
import { checkWords, duration } from '../words';

const checkTones = { pass: 'pass', fail: 'fail', 'cannot-tell': 'unsure' } as const;

/** What came of a step: attempts, checks, times, calls with their CloudTrail events, notes, files. */
export function StepRecord({ step }: { step: DrillStep }) {
  return (
    <div className="mt-4 space-y-4">
      {/* Of what passed, the reason is no more than its checks one after the other. */}
      {step.reason && !(step.outcome === 'passed' && step.checks.length > 0) && (
        <p className="text-sm">{step.reason}</p>
      )}
      {step.checks.length > 0 && (
        <Block title="Checks">
          <ul className="space-y-1">
            {step.checks.map((check) => (
              <li key={`${check.at} ${check.what}`} className="text-sm">
                <Badge tone={checkTones[check.result]}>{checkWords[check.result]}</Badge>{' '}
                {check.what} <span className="text-ink-2">{check.reason}</span>
              </li>
            ))}
          </ul>
        </Block>
      )}
      {step.measured.length > 0 && (
        <Block title="Measured">
          <ul className="space-y-0.5">
            {step.measured.map(({ what, seconds }) => (
              <li key={what} className="text-sm">
                {what}: <b className="font-semibold tabular-nums">{duration(seconds)}</b>
              </li>
            ))}
          </ul>
        </Block>
      )}
      {step.attempts.length > 0 && (
        <Block title={step.attempts.length > 1 ? 'Attempts' : 'When'}>
          <ul className="space-y-0.5 text-xs text-ink-2">
            {step.attempts.map((one) => (
              <li key={one.startedAt}>
                <Time iso={one.startedAt} precision="second" bare />
                {one.endedAt && (
                  <>
                    , {duration(secondsBetween(one.startedAt, one.endedAt))}
                    {one.outcome && `, ${one.outcome}`}
                  </>
                )}
              </li>
            ))}
          </ul>
        </Block>
      )}
      {step.calls.length > 0 && (
        <Block title={`Calls: ${step.calls.length}`}>
          <ul className="divide-y divide-line rounded-md border border-line bg-surface">
            {step.calls.map((call) => (
              <li key={call.id} className="px-3 py-1.5 text-xs">
                <p className="flex flex-wrap items-center gap-x-3">
                  <span className="font-mono">{call.operation}</span>
                  <span className={call.outcome === 'ok' ? 'text-pass' : 'text-stale'}>
                    {call.outcome === 'ok' ? 'done' : (call.error ?? call.outcome)}
                  </span>
                  <span className="text-ink-3">{call.region}</span>
                  <Time iso={call.answeredAt} precision="second" bare />
                  {call.requestId && (
                    <Identifier value={call.requestId} label="Request id" max={20} />
                  )}
                  {call.keyMaterialId && (
                    <Identifier value={call.keyMaterialId} label="Key material id" max={20} />
                  )}
                </p>
                <p className="text-ink-3">
                  {call.logged ? (
                    <>
                      CloudTrail event{' '}
                      <Identifier
                        value={call.logged.eventId}
                        label="CloudTrail event id"
                        max={40}
                      />
                    </>
                  ) : call.unlogged ? (
                    'CloudTrail does not log this call.'
                  ) : (
                    'Its CloudTrail event is not delivered yet.'
                  )}
                </p>
              </li>
            ))}
          </ul>
        </Block>
      )}
      {step.notes.length > 0 && (
        <Block title="Notes">
          <ul className="space-y-1">
            {step.notes.map((note) => (
              <li key={`${note.at} ${note.text}`} className="text-sm whitespace-pre-line">
                <span className="text-xs text-ink-3">
                  <Time iso={note.at} precision="minute" bare /> {note.person}
                </span>{' '}
                {note.text}
              </li>
            ))}
          </ul>
        </Block>
      )}
      {step.evidence.length > 0 && (
        <Block title="Files">
          <ul className="space-y-0.5">
            {step.evidence.map((file) => (
              <li key={file.name} className="flex flex-wrap items-center gap-2 text-xs">
                <span>{file.name.slice(file.name.lastIndexOf('/') + 1)}</span>
                <span className="text-ink-3">{file.bytes.toLocaleString('en')} bytes</span>
                <Identifier value={file.sha256} label="SHA-256" max={24} />
              </li>
            ))}
          </ul>
        </Block>
      )}
    </div>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 label-text">{title}</h3>
      {children}
    </section>
  );
}
