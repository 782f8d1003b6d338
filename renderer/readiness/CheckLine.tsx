import type { TiedCheck } from '../../shared/model/readiness/pitfalls/pitfallState';
import { navigate } from '../app/location';
import { Badge, VerdictBadge } from '../ui';
import { waivedWords } from './rows';

/** A check with how it stands, on another view; it opens in the checklist, where its things and their evidence are. */
export function CheckLine({ tied: { check, state } }: { tied: TiedCheck }) {
  const waived = waivedWords(state);
  return (
    <button
      type="button"
      onClick={() => navigate(`/readiness?check=${encodeURIComponent(check.id)}`)}
      className="grid w-full grid-cols-[118px_minmax(0,1fr)_auto] items-center gap-x-3 px-3 py-1.5 text-left outline-offset-[-2px] hover:bg-hover"
    >
      <span>
        <VerdictBadge value={state.verdict.value} />
      </span>
      <span className="min-w-0">
        <span className="block text-sm">{check.question}</span>
        <span className="block truncate text-xs text-ink-3">{state.verdict.reason}</span>
      </span>
      {waived && <Badge tone="stale">{waived}</Badge>}
    </button>
  );
}
