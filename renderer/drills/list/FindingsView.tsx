import { FileCheck } from 'lucide-react';
import { useState } from 'react';
import type { Finding } from '../../../shared/model/drills/finding';
import { useClient } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { Badge, Button, EmptyState, ErrorPanel, Loading } from '../../ui';
import { drillsPath } from '../places';
import { FindingDialog } from '../run/FindingDialog';

/** What went wrong in drills, who puts it right until when, and whether that was retested. */
export function FindingsView() {
  const { drills } = useClient();
  const [turn, setTurn] = useState(0);
  const [changing, setChanging] = useState<{ drill: string; finding: Finding }>();
  const { value, error, retry } = useAnswer(
    (signal) => drills.findings(undefined, { signal }),
    turn,
  );
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      {error && <ErrorPanel error={error} onRetry={retry} />}
      {!value && !error && <Loading label="Reading the findings" />}
      {value?.length === 0 && (
        <EmptyState icon={FileCheck} title="No findings">
          What a drill shows to be wrong or missing is written down at its step, with an owner and a
          day. It stands here until another drill has shown it gone.
        </EmptyState>
      )}
      {value && value.length > 0 && (
        <ul
          aria-label="Findings"
          className="divide-y divide-line rounded-md border border-line bg-surface"
        >
          {value.map(({ drill, planName, ...finding }) => (
            <li
              key={`${drill} ${finding.id}`}
              className="flex flex-wrap items-center gap-3 px-4 py-2"
            >
              <Badge
                tone={
                  finding.state === 'open'
                    ? 'fail'
                    : finding.state === 'resolved'
                      ? 'stale'
                      : 'pass'
                }
              >
                {finding.state === 'open'
                  ? 'Open'
                  : finding.state === 'resolved'
                    ? 'Resolved, to be retested'
                    : 'Retested'}
              </Badge>
              <div className="min-w-0 flex-1">
                <p className="text-sm">{finding.text}</p>
                <p className="text-xs text-ink-3">
                  {finding.owner}, due {finding.due}. {planName}
                </p>
              </div>
              <Button onClick={() => setChanging({ drill, finding })}>Change</Button>
              <Button
                variant="ghost"
                onClick={() => navigate(drillsPath({ kind: 'run', id: drill }))}
              >
                The drill
              </Button>
            </li>
          ))}
        </ul>
      )}
      {changing && (
        <FindingDialog
          drill={changing.drill}
          finding={changing.finding}
          onClose={() => setChanging(undefined)}
          onDone={() => {
            setChanging(undefined);
            setTurn((count) => count + 1);
          }}
        />
      )}
    </div>
  );
}
