import { ArrowRight, TriangleAlert } from 'lucide-react';
import type { Numbers } from '../../../shared/model/adviser/numbers';
import { requirementsOfChecks, type Recommendation } from '../../../shared/model/adviser/recommend';
import type { HowStep } from '../../../shared/model/adviser/scenario';
import type { MeasureResult } from '../../../shared/model/envelope/measure';
import { frameworkIds, frameworkNames } from '../../../shared/model/readiness/frameworks';
import { tiedChecks } from '../../../shared/model/readiness/pitfalls/pitfallState';
import type { CheckState } from '../../../shared/model/readiness/state';
import { compareVerdicts } from '../../../shared/model/verdict';
import { navigate } from '../../app/location';
import { Button, CodeBlock, KeyValue, Part } from '../../ui';
import { CheckLine } from '../CheckLine';
import { AccountPart, type AccountAnswer } from './AccountPart';
import { EstimatePart } from './EstimatePart';

/** A recommendation on one page: what and why, when not, what else, what is there, what it costs, how. */
export function Advice({
  found,
  account,
  measured,
  checkStates,
  numbers,
  onNumbers,
}: {
  found: Recommendation;
  account: AccountAnswer;
  measured: MeasureResult | null;
  checkStates: readonly CheckState[];
  numbers: Numbers;
  onNumbers: (numbers: Numbers) => void;
}) {
  const { scenario } = found;
  return (
    <>
      <RecommendationPart found={found} />
      <Part title="When to avoid it">
        <ul className="max-w-180 list-disc space-y-1 pl-4 text-sm">
          {scenario.notFor.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className="mt-2 max-w-180 text-sm text-ink-2">
          Keep away from: {lowerFirst(scenario.avoid)}.
        </p>
      </Part>
      <AlternativesPart found={found} />
      <AccountPart account={account} wanted={scenario.facts} />
      <EstimatePart
        scenario={scenario}
        regions={account.value?.regions ?? []}
        measured={measured}
        numbers={numbers}
        onNumbers={onNumbers}
      />
      <Part title="Checks that then apply">
        <ul className="divide-y divide-line rounded-md border border-line">
          {tiedChecks(found.checks, checkStates)
            .toSorted((a, b) => compareVerdicts(a.state.verdict.value, b.state.verdict.value))
            .map((one) => (
              <li key={one.check.id}>
                <CheckLine tied={one} />
              </li>
            ))}
        </ul>
      </Part>
      <RegulationPart found={found} />
      <HowPart found={found} />
    </>
  );
}

function RecommendationPart({ found }: { found: Recommendation }) {
  const { scenario, reasons, additions, contradictions } = found;
  return (
    <header className="border-b px-4 py-3">
      <p className="label-text">{scenario.scenario}</p>
      <h2 className="mt-1 text-lg font-semibold">{scenario.approach}</h2>
      <p className="mt-1 max-w-180 text-sm text-ink-2">{scenario.means}</p>
      {contradictions.map((sentence) => (
        <p
          key={sentence}
          className="mt-2 flex max-w-180 items-start gap-2 rounded-md border border-line bg-stale-soft px-3 py-2 text-sm text-ink"
        >
          <TriangleAlert aria-hidden size={14} className="mt-0.5 shrink-0 text-stale" />
          <span>
            <b className="font-semibold">These answers do not go together.</b> {sentence}
          </span>
        </p>
      ))}
      <h3 className="mt-3 text-sm font-semibold">Why</h3>
      <ul className="mt-1 max-w-180 list-disc space-y-1 pl-4 text-sm">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      {additions.length > 0 && (
        <>
          <h3 className="mt-3 text-sm font-semibold">And on top of it</h3>
          <ul className="mt-1 space-y-1.5">
            {additions.map(({ what, why, link }) => (
              <StepRow key={what} step={{ text: what, link }} note={why} />
            ))}
          </ul>
        </>
      )}
    </header>
  );
}

function AlternativesPart({ found: { scenario } }: { found: Recommendation }) {
  return (
    <Part title="Alternatives">
      <div className="overflow-x-auto">
        <table className="w-full max-w-220 text-sm">
          <thead>
            <tr className="border-b text-left text-xs text-ink-3">
              <th className="py-1 pr-4 font-medium">Instead</th>
              <th className="py-1 pr-4 font-medium">What it gains</th>
              <th className="py-1 font-medium">What it costs</th>
            </tr>
          </thead>
          <tbody>
            {scenario.alternatives.map(({ approach, gain, price }) => (
              <tr key={approach} className="border-b align-top last:border-b-0">
                <th scope="row" className="w-1/4 py-1.5 pr-4 text-left font-medium">
                  {approach}
                </th>
                <td className="py-1.5 pr-4 text-ink-2">{gain}</td>
                <td className="py-1.5 text-ink-2">{price}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
}

/** The requirements that these checks speak to: of the frameworks that were named, else of all. */
function RegulationPart({ found: { checks, regulation } }: { found: Recommendation }) {
  const frameworks = regulation.length > 0 ? regulation : frameworkIds;
  const rows = frameworks.map((framework) => ({
    label: frameworkNames[framework],
    value: requirementsOfChecks(checks, framework).join(', ') || 'None of these checks',
  }));
  return (
    <Part title="Requirements that these checks speak to">
      <KeyValue rows={rows} />
      <p className="mt-2 text-xs text-ink-3">
        A check that passes is evidence for a requirement, never its fulfilment: most requirements
        ask for more than a program can see.
      </p>
    </Part>
  );
}

function HowPart({ found: { scenario } }: { found: Recommendation }) {
  const { steps, console: inConsole, cli, terraform } = scenario.how;
  return (
    <Part title="How to do it">
      <ul className="space-y-1.5">
        {steps.map((step) => (
          <StepRow key={step.text} step={step} />
        ))}
      </ul>
      <p className="mt-3 max-w-180 text-sm">
        <b className="font-medium">In the console.</b> {inConsole}
      </p>
      <div className="mt-2 max-w-220 space-y-2">
        <CodeBlock text={cli} label="AWS CLI" />
        <CodeBlock text={terraform} label="Terraform" />
      </div>
    </Part>
  );
}

function StepRow({ step: { text, link }, note }: { step: HowStep; note?: string }) {
  return (
    <li className="flex max-w-220 items-start gap-3 text-sm">
      <span className="min-w-0 flex-1">
        {text}
        {note !== undefined && <span className="block text-xs text-ink-3">{note}</span>}
      </span>
      {link && (
        <Button
          variant="ghost"
          icon={ArrowRight}
          onClick={() => navigate(link.to)}
          className="print:hidden"
        >
          {link.label}
        </Button>
      )}
    </li>
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
