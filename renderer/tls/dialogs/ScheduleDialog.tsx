import { useId, useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import type { Schedule } from '../../../shared/model/tls/fleet';
import { vulnerabilityIds } from '../../../shared/model/tls/scan';
import { useClient } from '../../app';
import { Button, Checkbox, Dialog, ErrorPanel, Segmented, Time, TextField } from '../../ui';
import { useAnswer } from '../../app/useAnswer';
import { vulnerabilityNames } from '../vulnerabilityNames';
import { Field } from './Field';

/** When scans run by themselves, how politely, and which probes they leave out. */
export function ScheduleDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const { value, error, retry } = useAnswer((signal) => client.tls.schedule(undefined, { signal }));
  if (value) return <Form schedule={value} onClose={onClose} />;
  // It comes from the database: before it is there, there is nothing worth a frame.
  if (!error) return null;
  return (
    <Dialog open onClose={onClose} title={title}>
      <ErrorPanel error={error} onRetry={retry} />
    </Dialog>
  );
}

const title = 'Schedule and politeness';

function Form({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const client = useClient();
  const [draft, setDraft] = useState(schedule);
  const [numbers, setNumbers] = useState({
    concurrency: String(schedule.concurrency),
    connectionsPerHost: String(schedule.connectionsPerHost),
    pauseMs: String(schedule.pauseMs),
    keepDays: String(schedule.keepDays),
  });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo>();
  const form = useId();
  const problems = {
    concurrency: range(numbers.concurrency, 1, 200),
    connectionsPerHost: range(numbers.connectionsPerHost, 1, 32),
    pauseMs: range(numbers.pauseMs, 0, 10_000),
    keepDays: range(numbers.keepDays, 1, 3650),
  };
  const fits = Object.values(problems).every((problem) => problem === undefined);

  async function save(): Promise<void> {
    if (!fits) return;
    setBusy(true);
    try {
      await client.tls.setSchedule({
        ...draft,
        concurrency: Number(numbers.concurrency),
        connectionsPerHost: Number(numbers.connectionsPerHost),
        pauseMs: Number(numbers.pauseMs),
        keepDays: Number(numbers.keepDays),
      });
      onClose();
    } catch (thrown) {
      setError(toErrorInfo(thrown));
      setBusy(false);
    }
  }

  const number = (name: keyof typeof numbers, label: string, hint: string) => (
    <TextField
      label={label}
      hint={hint}
      className="flex-1"
      inputMode="numeric"
      value={numbers[name]}
      error={problems[name]}
      onChange={(text) => setNumbers((now) => ({ ...now, [name]: text }))}
    />
  );

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={title}
      description="Scans are small and slow on purpose: production servers serve their users first."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={!fits} busy={busy}>
            Save
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {error && <ErrorPanel compact error={error} />}
        <Field
          label="Scan by itself"
          hint={
            draft.every === 'never' ? (
              'Only when you ask for it.'
            ) : schedule.nextAt && draft.every === schedule.every ? (
              <>
                Next: <Time iso={schedule.nextAt} zone />. Claviger has to be open; what was missed
                is made up for at its next start.
              </>
            ) : (
              'Claviger has to be open; what was missed is made up for at its next start.'
            )
          }
        >
          <Segmented
            label="Scan by itself"
            value={draft.every}
            segments={[
              { value: 'never', label: 'Never' },
              { value: 'day', label: 'Every day' },
              { value: 'week', label: 'Every week' },
              { value: 'month', label: 'Every month' },
            ]}
            onChange={(every) => setDraft({ ...draft, every })}
          />
        </Field>
        <div className="grid grid-cols-4 gap-3 max-md:grid-cols-2">
          {number('concurrency', 'Endpoints at once', '1 to 200.')}
          {number('connectionsPerHost', 'Connections a host', 'At once, 1 to 32.')}
          {number('pauseMs', 'Pause between (ms)', '0 to 10,000.')}
          {number('keepDays', 'Keep scans (days)', 'The last one stays.')}
        </div>
        <Checkbox
          checked={draft.revocation}
          onChange={(revocation) => setDraft({ ...draft, revocation })}
        >
          <span>
            Ask OCSP responders and CRLs whether certificates are revoked{' '}
            <span className="text-ink-3">(tells the issuer which certificates you look at)</span>
          </span>
        </Checkbox>
        <fieldset>
          <legend className="mb-1 text-xs font-medium text-ink-2">
            Vulnerability probes ({vulnerabilityIds.length - draft.skipProbes.length} of{' '}
            {vulnerabilityIds.length} on)
          </legend>
          <div className="grid grid-cols-3 gap-x-4 max-md:grid-cols-2">
            {vulnerabilityIds.map((id) => (
              <Checkbox
                key={id}
                className="min-h-7"
                checked={!draft.skipProbes.includes(id)}
                onChange={(on) =>
                  setDraft({
                    ...draft,
                    skipProbes: on
                      ? draft.skipProbes.filter((other) => other !== id)
                      : [...draft.skipProbes, id],
                  })
                }
              >
                <span className="min-w-0">{vulnerabilityNames[id].name}</span>
              </Checkbox>
            ))}
          </div>
        </fieldset>
      </form>
    </Dialog>
  );
}

function range(text: string, from: number, to: number): string | undefined {
  const value = Number(text);
  return /^\d+$/.test(text.trim()) && value >= from && value <= to
    ? undefined
    : `A whole number from ${from} to ${to.toLocaleString('en')}.`;
}
