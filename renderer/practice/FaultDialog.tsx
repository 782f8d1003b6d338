import { useId, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { faultKinds, type Fault, type FaultKind } from '../../shared/contract/practice';
import { useApp } from '../app';
import { Button, Dialog, Select } from '../ui';
import { faultScope, kindWords, ordinal } from './faults';

/** Sets up a fault: what happens, to which requests, where, how often. */
export function FaultDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { practice } = useApp();
  const { status, busy, setFault } = useStore(practice);
  const [kind, setKind] = useState<FaultKind>('deny');
  const [operation, setOperation] = useState('kms:Decrypt');
  const [region, setRegion] = useState(everywhere);
  const [every, setEvery] = useState('1');
  const form = useId();
  const fault: Fault = {
    kind,
    operation,
    every: Number(every),
    ...(region !== everywhere && { region }),
  };

  async function switchOn(): Promise<void> {
    if (await setFault(fault, true)) onClose();
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Another fault"
      description="It holds for whoever calls the practice account, this program too, until you switch it off, reset the account or quit."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={busy === 'faults'}>
            Switch on
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void switchOn();
        }}
      >
        <Field label="What happens">
          <Select
            label="What happens"
            className="w-full"
            value={kind}
            options={faultKinds.map((value) => ({ value, label: kindWords[value].name }))}
            onChange={setKind}
          />
          <p className="mt-1 text-xs text-ink-2">{kindWords[kind].effect}</p>
        </Field>
        <Field label="To which requests">
          <Select
            label="To which requests"
            className="w-full"
            value={operation}
            options={operationOptions(status?.operations ?? [])}
            onChange={setOperation}
          />
        </Field>
        <div className="flex gap-3">
          <Field label="Where">
            <Select
              label="Where"
              className="w-full"
              value={region}
              options={[
                { value: everywhere, label: 'Every Region' },
                ...(status?.regions ?? []).map(({ id }) => ({ value: id, label: id })),
              ]}
              onChange={setRegion}
            />
          </Field>
          <Field label="How often">
            <Select
              label="How often"
              className="w-full"
              value={every}
              options={[1, 2, 3, 5, 10, 100].map((number) => ({
                value: String(number),
                label: number === 1 ? 'Each request' : `Every ${ordinal(number)} request`,
              }))}
              onChange={setEvery}
            />
          </Field>
        </div>
      </form>
    </Dialog>
  );
}

const everywhere = 'every';

function operationOptions(operations: readonly string[]) {
  const services = [...new Set(operations.map((name) => name.split(':')[0]))];
  const all = ['*', ...services.map((service) => `${service}:*`)];
  return [
    ...all.map((value) => ({
      value,
      label: faultScope({ operation: value, kind: 'deny' }).replace(' in every Region', ''),
    })),
    ...operations.toSorted().map((value) => ({ value, label: value })),
  ];
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0 flex-1">
      <div aria-hidden className="mb-1 text-xs font-medium text-ink-2">
        {label}
      </div>
      {children}
    </div>
  );
}
