import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Fault } from '../../shared/contract/practice';
import { useApp } from '../app';
import { Badge, Button, IconButton, Switch } from '../ui';
import { FaultDialog } from './FaultDialog';
import { faultId, faultScope, faultTitle, readyFaults } from './faults';
import { Part } from './Part';

const ready = new Set(readyFaults.map(faultId));

/** The faults as switches, each in plain words with what it has done so far. */
export function FaultsPart() {
  const { practice } = useApp();
  const { faults, status, clearFaults } = useStore(practice);
  const [adding, setAdding] = useState(false);
  const active = status?.faults.length ?? 0;

  return (
    <Part
      title="Faults"
      note={
        active > 0 && (
          <span className="flex items-center gap-2">
            <Badge tone="practice">{active} on</Badge>
            <button
              type="button"
              className="rounded-sm text-xs text-link hover:underline"
              onClick={() => void clearFaults()}
            >
              All off
            </button>
          </span>
        )
      }
    >
      <ul className="flex flex-col">
        {faults.map((fault) => (
          <FaultLine key={faultId(fault)} fault={fault} />
        ))}
      </ul>
      <Button variant="ghost" icon={Plus} className="mt-1 -ml-2" onClick={() => setAdding(true)}>
        Another fault
      </Button>
      <FaultDialog open={adding} onClose={() => setAdding(false)} />
    </Part>
  );
}

function FaultLine({ fault }: { fault: Fault }) {
  const { practice } = useApp();
  const { status, setFault, forgetFault } = useStore(practice);
  const active = status?.faults.find((one) => faultId(one) === faultId(fault));
  const title = faultTitle(active ?? fault);
  return (
    <li className="flex items-center gap-3 py-1">
      <Switch
        label={`${title}: ${faultScope(fault)}`}
        checked={active !== undefined}
        onChange={(on) => void setFault(fault, on)}
      />
      <div className="min-w-0 flex-1">
        <p className="text-sm">{title}</p>
        <p className="truncate text-xs text-ink-2">
          {active ? `Hit ${active.hit} of ${active.met} requests` : faultScope(fault)}
        </p>
      </div>
      {!active && !ready.has(faultId(fault)) && (
        <IconButton icon={X} small label={`Remove ${title}`} onClick={() => forgetFault(fault)} />
      )}
    </li>
  );
}
