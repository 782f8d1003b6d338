import { Gauge, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { estimate, estimateWords } from '../../../shared/model/adviser/estimate';
import { estimateRows } from '../../../shared/model/adviser/estimateRows';
import { dollarWords } from '../../../shared/model/adviser/figures';
import { latencyOf } from '../../../shared/model/adviser/latency';
import {
  numberFields,
  numberProblem,
  type NumberField,
  type NumberName,
  type Numbers,
} from '../../../shared/model/adviser/numbers';
import type { Scenario } from '../../../shared/model/adviser/scenario';
import type { MeasureResult } from '../../../shared/model/envelope/measure';
import { kmsPrices } from '../../../shared/model/kmsPrices';
import { regionsWithHigherQuota } from '../../../shared/model/kmsQuotas';
import { navigate } from '../../app/location';
import { Button, KeyValue, Part, Select, TextField } from '../../ui';

type Draft = Readonly<Record<NumberName, string>>;

/** Cost, share of the quota and latency, from numbers that can be changed. */
export function EstimatePart({
  scenario,
  regions,
  measured,
  numbers,
  onNumbers,
}: {
  scenario: Scenario;
  /** The chosen ones. */
  regions: readonly string[];
  measured: MeasureResult | null;
  numbers: Numbers;
  onNumbers: (numbers: Numbers) => void;
}) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(numbers));
  const { kms } = scenario;
  if (kms.callsPerUse === 0) {
    return (
      <Part title="Cost and latency">
        <p className="max-w-180 text-sm">{kms.noCache}</p>
      </Part>
    );
  }
  const fields = numberFields.filter(
    ({ name }) => kms.noCache === undefined || !name.startsWith('cache'),
  );
  const wrong = fields.some((field) => numberProblem(field, draft[field.name]) !== undefined);

  function set(field: NumberField, text: string): void {
    const next = { ...draft, [field.name]: text };
    setDraft(next);
    if (numberProblem(field, text) === undefined) {
      onNumbers({ ...numbers, [field.name]: Number(text) });
    }
  }

  return (
    <Part title="Cost and latency">
      <form
        aria-label="Numbers of the estimate"
        onSubmit={(event) => event.preventDefault()}
        className="grid max-w-220 grid-cols-2 items-start gap-x-4 gap-y-3 xl:grid-cols-3 print:hidden"
      >
        {fields.map((field) => (
          <TextField
            key={field.name}
            label={labelOf(field, scenario)}
            inputMode="decimal"
            value={draft[field.name]}
            onChange={(text) => set(field, text)}
            error={numberProblem(field, draft[field.name])}
          />
        ))}
        <div>
          <p className="mb-1 text-xs font-medium text-ink-2">Region of the quota</p>
          <Select
            label="Region of the quota"
            value={numbers.region}
            options={regionOptions([...regions, numbers.region])}
            onChange={(region) => onNumbers({ ...numbers, region })}
            className="w-full"
          />
        </div>
        <div className="self-end">
          <Button
            variant="ghost"
            icon={RotateCcw}
            onClick={() => {
              setDraft(draftOf(scenario.numbers));
              onNumbers(scenario.numbers);
            }}
          >
            Start values
          </Button>
        </div>
      </form>
      <div className="hidden print:block">
        <KeyValue
          rows={[
            ...fields.map((field) => ({
              label: labelOf(field, scenario),
              value: numbers[field.name].toLocaleString('en'),
            })),
            { label: 'Region of the quota', value: numbers.region },
          ]}
        />
      </div>
      {wrong ? (
        <output className="mt-3 block text-sm text-ink-2">
          The estimate comes back once every number above is right.
        </output>
      ) : (
        <Figures scenario={scenario} numbers={numbers} measured={measured} />
      )}
    </Part>
  );
}

function Figures({
  scenario: { kms },
  numbers,
  measured,
}: {
  scenario: Scenario;
  numbers: Numbers;
  measured: MeasureResult | null;
}) {
  const found = estimate(numbers, kms);
  if (!found) return null;
  const latency = latencyOf(measured);
  const { asOf, source, regionNote, chargedRotations, freeRequestsPerMonth } = kmsPrices;
  return (
    <>
      <ul className="mt-3 max-w-180 space-y-1 text-sm">
        {estimateWords(found).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <table aria-label="Estimate" className="mt-2 w-full max-w-180 text-sm tabular-nums">
        <thead>
          <tr className="border-b text-left text-xs text-ink-3">
            <th className="py-1 pr-4 font-medium">Figure</th>
            <th className="py-1 pr-4 text-right font-medium">A request for each use</th>
            {found.cached && <th className="py-1 text-right font-medium">Cached data keys</th>}
          </tr>
        </thead>
        <tbody>
          {estimateRows(found, latency, numbers.region, kms).map(({ label, each, cached }) => (
            <tr key={label} className="border-b last:border-b-0">
              <th scope="row" className="py-1 pr-4 text-left font-normal text-ink-2">
                {label}
              </th>
              <td className="py-1 pr-4 text-right font-medium">{each}</td>
              {cached !== undefined && <td className="py-1 text-right font-medium">{cached}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {kms.noCache !== undefined && <p className="mt-2 max-w-180 text-sm">{kms.noCache}</p>}
      <div className="mt-2 flex max-w-220 items-start gap-3 text-xs text-ink-3">
        <div className="min-w-0 flex-1 space-y-1">
          <p>{latency.words}</p>
          <p>
            An estimate, no bill: default quotas of AWS and list prices of {asOf} ({source}), all
            requests in one Region and evenly over a month of 730 hours, without the{' '}
            {freeRequestsPerMonth.toLocaleString('en')} free ones. Once each key was rotated{' '}
            {chargedRotations} times, keys cost {dollarWords(found.keyDollarsRotated)} a month.{' '}
            {regionNote}
          </p>
        </div>
        <Button
          variant="ghost"
          icon={Gauge}
          onClick={() => navigate('/envelopes?view=measure')}
          className="print:hidden"
        >
          Measure
        </Button>
      </div>
    </>
  );
}

function draftOf(numbers: Numbers): Draft {
  const texts = numberFields.map(({ name }) => [name, String(numbers[name])]);
  return Object.fromEntries(texts) as Draft;
}

/** `Data at rest (GB)`; what is counted a second is the scenario's own, and what is a count needs no unit. */
function labelOf({ name, label, unit, whole }: NumberField, { kms }: Scenario): string {
  if (name === 'perSecond') return kms.counted;
  return whole && name !== 'cacheSeconds' ? label : `${label} (${unit})`;
}

function regionOptions(own: readonly string[]) {
  const all = [...new Set([...own, ...regionsWithHigherQuota])].toSorted();
  return all.map((region) => ({ value: region, label: region }));
}
