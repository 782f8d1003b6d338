import type { OutputOf } from '../../../shared/contract/define';
import type { drills } from '../../../shared/contract/drills';
import { Badge } from '../../ui';

/** What was asked before a step, and whether it can be done. */
export function PreflightList({ checks }: { checks: OutputOf<(typeof drills)['preflight']> }) {
  return (
    <ul aria-label="Pre-flight" className="space-y-1">
      {checks.length === 0 && <li className="text-sm text-ink-2">Nothing needs asking.</li>}
      {checks.map((check) => (
        <li key={check.what} className="flex flex-wrap items-center gap-2 text-sm">
          <Badge
            tone={check.result === 'pass' ? 'pass' : check.result === 'fail' ? 'fail' : 'unsure'}
          >
            {check.result === 'pass' ? 'Yes' : check.result === 'fail' ? 'No' : 'Cannot tell'}
          </Badge>
          {check.what} <span className="text-ink-3">{check.reason}</span>
        </li>
      ))}
    </ul>
  );
}
