import { useRef, useState } from 'react';
import {
  rehearsalFaultIds,
  rehearsalFaults,
  type RehearsalFault,
} from '../../../shared/model/drills/rehearsal';
import { canRehearse, templates, type TemplateId } from '../../../shared/model/drills/templates';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import { useClient } from '../../app';
import { navigate } from '../../app/location';
import { Button, Checkbox, Dialog, ErrorPanel, Select, Spinner } from '../../ui';
import { drillsPath } from '../places';

/** Drills a template on the practice account unattended, with faults where they are wanted. */
export function RehearseDialog({ onClose }: { onClose: () => void }) {
  const { drills } = useClient();
  const [template, setTemplate] = useState<TemplateId>('quarterly');
  const [faults, setFaults] = useState<readonly RehearsalFault[]>([]);
  const [what, setWhat] = useState<string>();
  const [error, setError] = useState<ErrorInfo>();
  const working = useRef<AbortController>(undefined);

  async function rehearse(): Promise<void> {
    const own = new AbortController();
    working.current = own;
    setWhat('Beginning');
    setError(undefined);
    try {
      const { drill } = await drills.rehearse(
        { plan: { template }, faults: [...faults] },
        { signal: own.signal, onProgress: (progress) => setWhat(progress.what) },
      );
      navigate(drillsPath({ kind: 'run', id: drill.id }));
    } catch (failure) {
      const info = toErrorInfo(failure);
      if (info.code !== 'cancelled') setError(info);
    } finally {
      setWhat(undefined);
    }
  }

  const close = () => {
    working.current?.abort();
    onClose();
  };
  return (
    <Dialog
      open
      title="Rehearse on the practice account"
      description="All automatic steps run by themselves with two rehearsal people; steps for people are left out and count as not tested. To go through the steps yourselves, make a plan on the practice account and start it."
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{what === undefined ? 'Cancel' : 'Stop'}</Button>
          <Button variant="primary" busy={what !== undefined} onClick={() => void rehearse()}>
            Rehearse
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {error && <ErrorPanel compact error={error} />}
        <Select
          label="Template"
          value={template}
          options={templates
            .filter(({ id }) => canRehearse(id))
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setTemplate}
          className="w-full"
        />
        <fieldset>
          <legend className="mb-1 text-xs font-medium text-ink-2">What goes wrong</legend>
          {rehearsalFaultIds.map((fault) => (
            <Checkbox
              key={fault}
              checked={faults.includes(fault)}
              onChange={(on) =>
                setFaults(on ? [...faults, fault] : faults.filter((each) => each !== fault))
              }
              className="py-0.5"
            >
              {rehearsalFaults[fault]}
            </Checkbox>
          ))}
        </fieldset>
        {what !== undefined && (
          <output className="flex items-center gap-2 text-sm text-ink-2">
            <Spinner /> {what}
          </output>
        )}
      </div>
    </Dialog>
  );
}
