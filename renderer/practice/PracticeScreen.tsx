import { FlaskConical, FlaskConicalOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp, useCommands, useHasPractice, useScreen } from '../app';
import { EmptyState, ErrorPanel, Identifier } from '../ui';
import { ClockPart } from './ClockPart';
import { FaultsPart } from './FaultsPart';
import { QuotasPart } from './QuotasPart';
import { RequestPane } from './RequestPane';
import { ResetPart } from './ResetPart';

/** The practice account from the inside: its clock, faults, quotas, and the requests it gets. */
export function PracticeScreen() {
  const present = useHasPractice();
  if (present === false) {
    return (
      <EmptyState icon={FlaskConicalOff} title="There is no practice account">
        Claviger was started without it.
      </EmptyState>
    );
  }
  return <Panel />;
}

function Panel() {
  const { practice } = useApp();
  const { status, error, load, pause, paused } = useStore(practice);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => void load(), [load]);
  useScreen({ refresh: () => void load() });
  useCommands([
    {
      id: 'practice.pause',
      title: paused ? 'Resume the list of requests' : 'Pause the list of requests',
      group: 'Practice',
      keys: 'p',
      run: () => pause(!paused),
    },
    { ...local, id: 'practice.next', title: 'Next request', keys: ['j', 'ArrowDown'] },
    { ...local, id: 'practice.previous', title: 'Previous request', keys: ['k', 'ArrowUp'] },
  ]);

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <header className="practice-band flex min-h-11 shrink-0 items-center gap-2.5 px-4 py-1.5">
        <FlaskConical aria-hidden size={17} className="shrink-0" />
        <h1 className="text-base font-semibold tracking-[-0.01em]">Practice</h1>
        <p className="min-w-0 flex-1 truncate text-xs">
          Account {status?.accountId ?? '\u2026'}, simulated on this machine. Nothing you do here
          reaches AWS.
        </p>
        {status && (
          <Identifier
            value={status.endpoint}
            label="Endpoint"
            className="text-practice-ink hover:text-practice-ink hover:underline max-lg:hidden"
          />
        )}
      </header>
      {error && (
        <div className="border-b px-4 py-2">
          <ErrorPanel compact error={error} onRetry={() => void load()} />
        </div>
      )}
      <div className="flex min-h-0 flex-1">
        <div className="w-90 shrink-0 overflow-y-auto border-r bg-sunken max-lg:w-80">
          <ClockPart />
          <FaultsPart />
          <QuotasPart />
          <ResetPart />
        </div>
        <Watcher key={attempt} />
        <RequestPane onWatch={() => setAttempt((count) => count + 1)} />
      </div>
    </div>
  );
}

/** Listens to the requests for as long as it is there. */
function Watcher() {
  const { watch } = useStore(useApp().practice);
  useEffect(() => {
    const leave = new AbortController();
    void watch(leave.signal);
    return () => leave.abort();
  }, [watch]);
  return null;
}

const local = { group: 'Practice', local: true, run: () => {} } as const;
