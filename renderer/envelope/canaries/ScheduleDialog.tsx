import { useState } from 'react';
import {
  canaryCalls,
  needsAgreement,
  type CanaryKeeping,
} from '../../../shared/model/drills/canarySchedule';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import { useClient } from '../../app';
import { Button, Checkbox, Dialog, ErrorPanel, Switch, TextField } from '../../ui';
import { KeyChooser } from '../KeyChooser';

const mostKeys = 200;

/** Chooses the keys that are kept with canaries, and asks for the agreement to the calls that this takes. */
export function ScheduleDialog({
  keeping: { schedule },
  onClose,
  onDone,
}: {
  keeping: CanaryKeeping;
  onClose: () => void;
  onDone: () => void;
}) {
  const client = useClient();
  const [on, setOn] = useState(true);
  const [keys, setKeys] = useState(schedule.keys);
  const [days, setDays] = useState(String(schedule.everyDays));
  const [agreed, setAgreed] = useState(false);
  const [error, setError] = useState<ErrorInfo>();
  const everyDays = Number(days);
  const isNumber = /^\d{1,3}$/.test(days) && everyDays >= 1 && everyDays <= 366;
  const real = keys.filter(needsAgreement).length;
  const ready = isNumber && (!on || (keys.length > 0 && (real === 0 || agreed)));

  async function save(): Promise<void> {
    try {
      await client.drills.setCanarySchedule({ schedule: { on, everyDays, keys }, agreed });
      onDone();
    } catch (failure) {
      setError(toErrorInfo(failure));
    }
  }

  return (
    <Dialog
      open
      title="Keep canaries on schedule"
      description="While Claviger runs it looks once a day whether a key has new material, and seals a canary where the present material has none. For machines that are never logged in to: claviger drill canaries --make."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!ready} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {error && <ErrorPanel error={error} />}
        <div className="flex items-center justify-between text-sm">
          Make canaries by itself
          <Switch label="Make canaries by itself" checked={on} onChange={setOn} />
        </div>
        <KeyChooser
          label="Keys"
          chosen={keys}
          onChange={(next) => setKeys([...next])}
          max={mostKeys}
          ranked={false}
        />
        <TextField
          label="One at least every so many days, also without a rotation"
          value={days}
          onChange={setDays}
          inputMode="numeric"
          className="w-24"
          error={isNumber ? undefined : 'A number of days from 1 to 366.'}
        />
        {on && real > 0 && (
          <div className="space-y-2 rounded-md border border-line px-3 py-2 text-sm">
            <p>
              {real === 1 ? 'One key is' : `${real} keys are`} of a real account. With each of them
              Claviger calls:
            </p>
            <ul className="list-disc pl-5 text-xs text-ink-2">
              <li>
                <code>{canaryCalls.look}</code> once a day, which reads;
              </li>
              <li>
                <code>{canaryCalls.make}</code> for each canary: at the first look, after a
                rotation, and every {isNumber ? everyDays : '…'} days. It changes nothing in the
                account; it is logged in CloudTrail, and counts against the key’s request quota.
              </li>
            </ul>
            <Checkbox checked={agreed} onChange={setAgreed}>
              I agree to these calls
            </Checkbox>
          </div>
        )}
      </div>
    </Dialog>
  );
}
