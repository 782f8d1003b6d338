import { ClockAlert } from 'lucide-react';
import { Button } from '../ui';

/** Says that the practice account has changed under the keys shown, and offers to read them anew. */
export function Outdated({
  change,
  onRefresh,
}: {
  change: 'clock' | 'reset';
  onRefresh: () => void;
}) {
  return (
    <output className="flex items-center gap-2 border-b border-practice-line bg-practice-soft py-1 pr-2 pl-3 text-sm text-practice">
      <ClockAlert aria-hidden size={14} className="shrink-0" />
      <p className="min-w-0 flex-1">{words[change]}</p>
      <Button onClick={onRefresh}>Refresh keys</Button>
    </output>
  );
}

const words = {
  clock: 'The practice account’s clock was moved. Its keys are shown as they were before.',
  reset: 'The practice account was reset. The keys shown are those it had before.',
};
