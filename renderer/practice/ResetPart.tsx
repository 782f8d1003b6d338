import { useId, useState } from 'react';
import { useStore } from 'zustand';
import type { PracticeSeed } from '../../shared/contract/practice';
import { useApp } from '../app';
import { Button, Dialog, Select, TextField } from '../ui';
import { Part } from './Part';

/** Begins the account anew, after the operator has typed that it is the practice account. */
export function ResetPart() {
  const { practice } = useApp();
  const { status, busy, askReset, resetAsked } = useStore(practice);
  const seed = seeds.find(({ value }) => value === status?.seed);
  return (
    <Part title="Reset">
      <div className="flex items-center justify-between gap-3">
        <p className="text-xs text-ink-2">
          {seed ? `It began as: ${seed.label.toLowerCase()}.` : 'Keys, clock, faults: all anew.'}
        </p>
        <Button variant="danger" busy={busy === 'reset'} onClick={() => askReset(true)}>
          Reset
        </Button>
      </div>
      {resetAsked && <ResetDialog />}
    </Part>
  );
}

function ResetDialog() {
  const { practice } = useApp();
  const { busy, askReset, reset } = useStore(practice);
  const [seed, setSeed] = useState<PracticeSeed>('company');
  const [typed, setTyped] = useState('');
  const form = useId();
  const confirmed = typed.trim().toLowerCase() === 'practice';
  return (
    <Dialog
      open
      onClose={() => askReset(false)}
      title="Reset the practice account"
      description="Its keys, aliases, grants and history go for good, and what was encrypted with them cannot be opened any more. Clock, quotas and faults go back to the start. Real accounts are not concerned."
      footer={
        <>
          <Button onClick={() => askReset(false)}>Cancel</Button>
          <Button
            variant="danger"
            type="submit"
            form={form}
            disabled={!confirmed}
            busy={busy === 'reset'}
          >
            Reset the practice account
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (confirmed) void reset(seed);
        }}
      >
        <div>
          <div aria-hidden className="mb-1 text-xs font-medium text-ink-2">
            Begin with
          </div>
          <Select
            label="Begin with"
            className="w-full"
            value={seed}
            options={seeds}
            onChange={setSeed}
          />
        </div>
        <TextField label="Type practice to confirm" value={typed} onChange={setTyped} />
      </form>
    </Dialog>
  );
}

const seeds: readonly { value: PracticeSeed; label: string }[] = [
  { value: 'company', label: 'The estate of a company' },
  { value: 'empty', label: 'Nothing' },
  { value: 'large', label: 'A large estate, 10,000 keys' },
];
