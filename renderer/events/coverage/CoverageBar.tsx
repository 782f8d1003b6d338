import type { Coverage } from '../../../shared/model/events/coverage';

/** The covered time of a Region on the time line of all, with its gaps left open. */
export function CoverageBar({
  coverage: { oldest, newest, gaps },
  span,
}: {
  coverage: Coverage;
  span: { readonly from: number; readonly to: number };
}) {
  const length = Math.max(1, span.to - span.from);
  const part = (from: string, to: string) => {
    const left = Math.max(0, (Date.parse(from) - span.from) / length);
    const right = Math.min(1, (Date.parse(to) - span.from) / length);
    return { left: `${left * 100}%`, width: `${Math.max(0.4, (right - left) * 100)}%` };
  };
  return (
    <div aria-hidden className="relative mt-2 h-2 overflow-hidden rounded-sm bg-sunken">
      {oldest && newest && (
        <span className="absolute inset-y-0 bg-accent/60" style={part(oldest, newest)} />
      )}
      {gaps.map(({ from, to }) => (
        <span
          key={from}
          className="absolute inset-y-0 bg-stale-soft ring-1 ring-stale ring-inset"
          style={part(from, to)}
        />
      ))}
    </div>
  );
}
