import { Download, Lock, PenLine, Search } from 'lucide-react';
import { useState } from 'react';
import { reportTitle } from '../../../shared/model/drills/drill';
import { useApp } from '../../app';
import { titled } from '../../app/titled';
import { Button, Identifier, KeyValue, Time } from '../../ui';
import { Status } from '../Status';
import { useDo } from '../useDo';
import { duration, objectiveLooks, resultLooks } from '../words';
import { PassphraseDialog, type Asking } from './PassphraseDialog';
import type { DrillView } from './RunScreen';

/** What the drill comes to, who has acknowledged and signed, and the bundle for the auditor. */
export function RecordPanel({
  view,
  onView,
}: {
  view: DrillView;
  onView: (view: DrillView) => void;
}) {
  const { client, toaster } = useApp();
  const { drill, outcome } = view;
  const closed = drill.state === 'closed';
  const [asking, setAsking] = useState<Asking>();
  const { busy, attempt } = useDo();
  const signed = (person: string) => drill.signatures.some((one) => one.person === person);
  const acknowledged = (person: string) => drill.acknowledged.some((one) => one.person === person);
  const untied = drill.steps
    .flatMap(({ calls }) => calls)
    .filter((call) => !call.logged && !call.unlogged && call.requestId).length;

  return (
    <article aria-label="Record" className="max-w-200 space-y-6">
      <section>
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="text-base font-semibold">Record</h2>
          <Status look={resultLooks[outcome.result]} />
        </div>
        <p className="mt-1 text-sm">{outcome.reason}</p>
        <ul className="mt-3 divide-y divide-line rounded-md border border-line bg-surface">
          {outcome.objectives.map((objective) => (
            <li key={objective.id} className="flex flex-wrap items-center gap-3 px-3 py-2">
              <Status look={objectiveLooks[objective.result]} />
              <div className="min-w-0 flex-1">
                <p className="text-sm">{objective.text}</p>
                <p className="text-xs text-ink-2">{objective.reason}</p>
              </div>
              {objective.seconds !== undefined && (
                <span className="text-xs text-ink-3 tabular-nums">
                  {duration(objective.seconds)}
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3 className="mb-2 label-text">People</h3>
        <ul className="divide-y divide-line rounded-md border border-line bg-surface">
          {drill.participants.map(({ person, name, role, fingerprint, algorithm }) => (
            <li key={`${person} ${role}`} className="flex flex-wrap items-center gap-3 px-3 py-2">
              <div className="min-w-0 flex-1">
                <p className="text-sm">
                  {name} <span className="text-ink-3">{role}</span>
                </p>
                <p className="text-xs text-ink-3">
                  {algorithm} <Identifier value={fingerprint} label="Fingerprint" max={24} />
                </p>
              </div>
              <span className="text-xs text-ink-2">
                {signed(person) ? 'has signed' : acknowledged(person) ? 'has acknowledged' : ''}
              </span>
              {!closed && !acknowledged(person) && (
                <Button onClick={() => setAsking({ what: 'acknowledge', person, name, role })}>
                  Acknowledge
                </Button>
              )}
              {closed && role !== 'custodian' && !signed(person) && (
                <Button
                  icon={PenLine}
                  onClick={() => setAsking({ what: 'sign', person, name, role })}
                >
                  Sign
                </Button>
              )}
              {closed && role !== 'custodian' && (
                <Button
                  variant="ghost"
                  onClick={() => setAsking({ what: 'addendum', person, name, role })}
                >
                  Addendum
                </Button>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3 className="mb-2 label-text">Facts</h3>
        <KeyValue
          rows={[
            { label: 'Started', value: <Time iso={drill.startedAt} precision="second" zone /> },
            ...(drill.closedAt
              ? [{ label: 'Closed', value: <Time iso={drill.closedAt} precision="second" zone /> }]
              : []),
            {
              label: 'Took',
              value: `${duration(outcome.totalSeconds)}, of this paused ${duration(outcome.pausedSeconds)}`,
            },
            ...(drill.account ? [{ label: 'Account', value: drill.account }] : []),
            ...(drill.ticket ? [{ label: 'Change ticket', value: drill.ticket }] : []),
            {
              label: 'Plan',
              value: <Identifier value={drill.plan.hash} label="SHA-256 of the plan" max={40} />,
            },
            ...(drill.previous
              ? [
                  {
                    label: 'Drill before',
                    value: (
                      <Identifier
                        value={drill.previous.sha256}
                        label="SHA-256 of the record before"
                        max={40}
                      />
                    ),
                  },
                ]
              : []),
            ...(drill.sumsSha256
              ? [
                  {
                    label: 'SHA-256',
                    value: (
                      <Identifier value={drill.sumsSha256} label="SHA-256 of SHA256SUMS" max={40} />
                    ),
                  },
                ]
              : []),
          ]}
        />
        {drill.addenda.map((addendum) => (
          <p key={addendum.number} className="mt-2 text-sm whitespace-pre-line">
            <span className="text-xs text-ink-3">
              Addendum {addendum.number}, {addendum.name},{' '}
              <Time iso={addendum.at} precision="minute" bare />
            </span>{' '}
            {addendum.text}
          </p>
        ))}
      </section>
      <div className="flex flex-wrap gap-2">
        {!closed && untied > 0 && (
          <Button
            icon={Search}
            busy={busy}
            onClick={() =>
              attempt('Not found', async () => {
                const { found, missing } = await client.drills.findEvents({ drill: drill.id });
                onView(await client.drills.get({ drill: drill.id }));
                toaster.add({ title: `${found} events found, ${missing} not delivered yet` });
              })
            }
          >
            Look for the CloudTrail events of {untied} calls
          </Button>
        )}
        {!closed && (
          <Button
            variant="primary"
            icon={Lock}
            busy={busy}
            onClick={() =>
              attempt('Not closed', async () =>
                onView(
                  await titled(reportTitle(drill), () =>
                    client.drills.close({ drill: drill.id, printed: true }),
                  ),
                ),
              )
            }
          >
            Close the record
          </Button>
        )}
        {closed && (
          <Button
            variant="primary"
            icon={Download}
            busy={busy}
            onClick={() =>
              attempt('Not written', async () => {
                const written = await client.drills.exportBundle({ drill: drill.id });
                if (written)
                  toaster.add({ title: 'The bundle is written', description: written.file });
              })
            }
          >
            Export the bundle
          </Button>
        )}
      </div>
      <p className="text-xs text-ink-3">
        {closed
          ? 'The record can be read and signed, not changed. The bundle holds VERIFY.md: an auditor checks it with sha256sum and openssl, without this program.'
          : 'Closing fixes the record: steps, calls, events, files and the printed report. After that only signatures and addenda are added.'}
      </p>
      {asking && (
        <PassphraseDialog
          asking={asking}
          onClose={() => setAsking(undefined)}
          send={async (passphrase, text) => {
            const { what, person } = asking;
            const who = { drill: drill.id, person, ...(passphrase !== '' && { passphrase }) };
            if (what === 'acknowledge') onView(await client.drills.acknowledge(who));
            else if (what === 'sign') onView(await client.drills.sign(who));
            else onView(await client.drills.addAddendum({ ...who, text }));
          }}
        />
      )}
    </article>
  );
}
