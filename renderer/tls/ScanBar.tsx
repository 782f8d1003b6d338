import { Square } from 'lucide-react';
import { Button, Progress, Spinner } from '../ui';
import { runningWords, scanWords } from './scanWords';
import { useTls } from './useTls';

/** While a scan runs: how far it is, who is being asked now, and a way to stop it. */
export function ScanBar() {
  const scan = useTls((state) => state.scan);
  const cancel = useTls((state) => state.cancelScan);
  if (!scan) return null;
  return (
    <section aria-label="Scan in progress" className="shrink-0 border-b bg-info-soft print:hidden">
      <div className="flex min-h-8 items-center gap-3 px-3 text-xs">
        <Spinner className="text-info" />
        <output className="shrink-0 font-medium">{scanWords(scan)}</output>
        <span className="min-w-0 flex-1 truncate text-ink-2">
          {scan.running.length > 0 && `Now: ${runningWords(scan.running)}`}
        </span>
        <Button variant="ghost" icon={Square} className="h-6" onClick={cancel}>
          Stop
        </Button>
      </div>
      <Progress
        label="Scan"
        value={scan.expected > 0 ? scan.done : null}
        max={scan.expected}
        className="[&>*]:h-0.5 [&>*]:rounded-none"
      />
    </section>
  );
}
