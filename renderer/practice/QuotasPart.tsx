import { useStore } from 'zustand';
import type { QuotaMode } from '../../shared/contract/practice';
import { useApp } from '../app';
import { Segmented } from '../ui';
import { Part } from './Part';

/** Which request quotas the account keeps. */
export function QuotasPart() {
  const { practice } = useApp();
  const { status, setQuotas } = useStore(practice);
  const mode = status?.quotas ?? 'none';
  return (
    <Part title="Request quotas">
      <Segmented
        label="Request quotas"
        value={mode}
        segments={modes}
        onChange={(next) => void setQuotas(next)}
      />
      <p className="mt-1.5 text-xs text-ink-2">{words[mode]}</p>
    </Part>
  );
}

const modes = [
  { value: 'none', label: 'None' },
  { value: 'as-aws', label: 'As AWS' },
  { value: 'storm', label: 'Storm' },
] as const;

const words: Record<QuotaMode, string> = {
  none: 'The account answers as fast as it can.',
  'as-aws': 'Over AWS’s quotas for each API and Region it throttles.',
  storm: 'As if other workloads used up 99 % of every quota.',
};
