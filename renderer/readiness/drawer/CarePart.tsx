import { useState } from 'react';
import type { Care, Target } from '../../../shared/model/readiness/people';
import { useApp } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import { toErrorInfo } from '../../../shared/model/errors';
import { Button, KeyValue, type KeyValueRow, Part } from '../../ui';
import { AssignDialog } from './AssignDialog';
import { WaiveDialog } from './WaiveDialog';

/** Who takes care of a check or a thing, by when, and whether its failure was accepted. */
export function CarePart({
  target,
  turn,
  failing,
  onChanged,
}: {
  target: Target;
  turn: number;
  failing: boolean;
  onChanged: () => void;
}) {
  const { client, toaster } = useApp();
  const [dialog, setDialog] = useState<'assign' | 'waive'>();
  const { value: care } = useCare(target, turn);

  async function lift(): Promise<void> {
    try {
      await client.readiness.liftWaiver(target);
      toaster.add({ title: 'The waiver is lifted' });
      onChanged();
    } catch (error) {
      const description = toErrorInfo(error).message;
      toaster.add({ title: 'Not lifted', description, type: 'error' });
    }
  }
  const done = () => {
    setDialog(undefined);
    onChanged();
  };

  return (
    <Part title={target.subject === undefined ? 'Who takes care' : 'Who takes care of this one'}>
      <KeyValue rows={careRows(care)} />
      <div className="mt-2 flex flex-wrap gap-2">
        <Button onClick={() => setDialog('assign')}>{care?.owner ? 'Change' : 'Assign'}</Button>
        {care?.waiver ? (
          <Button onClick={() => void lift()}>Lift the waiver</Button>
        ) : (
          failing && <Button onClick={() => setDialog('waive')}>Waive</Button>
        )}
      </div>
      {dialog === 'assign' && (
        <AssignDialog
          target={target}
          care={care}
          onClose={() => setDialog(undefined)}
          onDone={done}
        />
      )}
      {dialog === 'waive' && (
        <WaiveDialog target={target} onClose={() => setDialog(undefined)} onDone={done} />
      )}
    </Part>
  );
}

/** What is recorded: of the check from the state, of a thing from its item. */
function useCare({ check, subject }: Target, turn: number): { value: Care | undefined } {
  const { client } = useApp();
  const { value } = useAnswer(
    async (signal) => {
      if (subject !== undefined) {
        const { item } = await client.readiness.evidence({ check, subject }, { signal });
        return item.care;
      }
      const { checks } = await client.readiness.state(undefined, { signal });
      return checks.find(({ id }) => id === check)?.care;
    },
    `${check} ${subject ?? ''} ${turn}`,
  );
  return { value };
}

function careRows(care: Care | undefined): KeyValueRow[] {
  return [
    { label: 'Owner', value: care?.owner ?? 'nobody' },
    ...(care?.due ? [{ label: 'Due', value: care.due }] : []),
    ...(care?.note ? [{ label: 'Note', value: care.note }] : []),
    ...(care?.waiver
      ? [
          {
            label: 'Waived',
            value: `until ${care.waiver.expires}, approved by ${care.waiver.approver}, entered by ${care.waiver.by}: ${care.waiver.reason}`,
          },
        ]
      : []),
  ];
}
