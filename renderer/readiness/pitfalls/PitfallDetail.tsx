import { ArrowRight } from 'lucide-react';
import type { Measure } from '../../../shared/model/readiness/pitfalls/pitfall';
import type { PitfallState } from '../../../shared/model/readiness/pitfalls/pitfallState';
import { compareVerdicts } from '../../../shared/model/verdict';
import { navigate } from '../../app/location';
import { Button, Part, Time, VerdictBadge } from '../../ui';
import { CheckLine } from '../CheckLine';
import { LivePart } from './LivePart';

/** One pitfall: what it is, how it stands and by which checks, what to do, and its live part. */
export function PitfallDetail({ state }: { state: PitfallState }) {
  const { pitfall, verdict, tied, asOf } = state;
  return (
    <section
      aria-label={pitfall.title}
      // oxlint-disable-next-line no-noninteractive-tabindex -- what scrolls must be reached by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="min-w-0 flex-1 overflow-y-auto outline-offset-[-2px]"
    >
      <header className="border-b px-4 py-3">
        <h2 className="text-base font-semibold">{pitfall.title}</h2>
        <p className="mt-1 max-w-160 text-sm text-ink-2">{pitfall.what}</p>
        <p className="mt-2 flex flex-wrap items-center gap-2 text-sm">
          <VerdictBadge value={verdict.value} />
          {verdict.reason}
          {asOf !== undefined && (
            <span className="text-xs text-ink-3">
              As of <Time iso={asOf} precision="minute" bare />
            </span>
          )}
        </p>
      </header>
      <LivePart id={pitfall.id} />
      <Part title="What to do">
        <ul className="grid grid-cols-[minmax(0,40rem)_auto] justify-start gap-x-3 gap-y-1.5">
          {pitfall.measures.map((measure) => (
            <MeasureRow key={measure.text} measure={measure} />
          ))}
        </ul>
      </Part>
      <Part title="Checks that tell">
        <ul className="divide-y divide-line rounded-md border border-line">
          {tied
            .toSorted((a, b) => compareVerdicts(a.state.verdict.value, b.state.verdict.value))
            .map((one) => (
              <li key={one.check.id}>
                <CheckLine tied={one} />
              </li>
            ))}
        </ul>
      </Part>
    </section>
  );
}

function MeasureRow({ measure: { text, link } }: { measure: Measure }) {
  return (
    <li className="col-span-2 grid grid-cols-subgrid items-center text-sm">
      <span>{text}</span>
      {link && (
        <Button
          variant="ghost"
          icon={ArrowRight}
          onClick={() => navigate(link.to)}
          className="justify-self-start"
        >
          {link.label}
        </Button>
      )}
    </li>
  );
}
