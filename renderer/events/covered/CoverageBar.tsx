import type { Coverage } from '../../../shared/model/events/coverage';

/** Units across the bar. */
const wide = 1000;

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
    const x = Math.max(0, ((Date.parse(from) - span.from) / length) * wide);
    const end = Math.min(wide, ((Date.parse(to) - span.from) / length) * wide);
    return { x, width: Math.max(3, end - x), y: 0, height: 1 };
  };
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${wide} 1`}
      preserveAspectRatio="none"
      className="mt-2 block h-2 w-full rounded-sm bg-sunken"
    >
      {oldest && newest && <rect {...part(oldest, newest)} className="fill-accent/60" />}
      {gaps.map(({ from, to }) => (
        <rect key={from} {...part(from, to)} className="fill-stale" />
      ))}
    </svg>
  );
}
