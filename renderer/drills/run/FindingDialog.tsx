import { useState } from 'react';
import { findingStates, type Finding } from '../../../shared/model/drills/finding';
import { useClient } from '../../app';
import { Select, SendDialog, TextField } from '../../ui';

/** Writes a finding down, or changes one. */
export function FindingDialog({
  drill,
  step,
  finding,
  onClose,
  onDone,
}: {
  drill: string;
  step?: string | undefined;
  finding?: Finding | undefined;
  onClose: () => void;
  onDone: () => void;
}) {
  const { drills } = useClient();
  const [text, setText] = useState(finding?.text ?? '');
  const [owner, setOwner] = useState(finding?.owner ?? '');
  const [due, setDue] = useState(finding?.due ?? '');
  const [state, setState] = useState<Finding['state']>(finding?.state ?? 'open');
  const whole = text.trim() !== '' && owner.trim() !== '' && due !== '';
  const save = () => {
    const where = finding?.step ?? step;
    return drills.saveFinding({
      drill,
      finding: {
        text,
        owner,
        due,
        state,
        ...(finding && { id: finding.id }),
        ...(where !== undefined && { step: where }),
        ...(finding?.retest !== undefined && { retest: finding.retest }),
      },
    });
  };
  return (
    <SendDialog
      title={finding ? 'Change the finding' : 'New finding'}
      action="Save"
      disabled={!whole}
      send={save}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        label="What is wrong or missing"
        value={text}
        onChange={setText}
        maxLength={2000}
      />
      <TextField label="Owner" value={owner} onChange={setOwner} maxLength={200} />
      <TextField label="Due" type="date" value={due} onChange={setDue} />
      {finding && (
        <Select
          label="State"
          value={state}
          options={findingStates.map((value) => ({ value, label: value }))}
          onChange={setState}
        />
      )}
    </SendDialog>
  );
}
