import { CircleQuestionMark } from 'lucide-react';
import { useStore } from 'zustand';
import type { PitfallFact } from '../../../shared/model/readiness/pitfalls/facts/fact';
import type { PitfallId } from '../../../shared/model/readiness/pitfalls/pitfall';
import { useApp } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import { ErrorPanel, Loading, Part } from '../../ui';

/** What the evidence says to a pitfall, beside its checks; what could not be read stands with it. */
export function FactsPart({ id, title }: { id: PitfallId; title: string }) {
  const { client, readiness } = useApp();
  const turn = useStore(readiness, (state) => state.turn);
  const { value, error, retry } = useAnswer(
    (signal) => client.readiness.pitfall({ id }, { signal }),
    `${id} ${turn}`,
  );
  return (
    <Part title={title}>
      {error && <ErrorPanel compact error={error} onRetry={retry} />}
      {!value && !error && <Loading label="Reading the evidence" rows={4} />}
      {value && (
        <dl className="@container divide-y divide-line">
          {value.map((fact) => (
            <Fact key={fact.label} fact={fact} />
          ))}
        </dl>
      )}
    </Part>
  );
}

function Fact({ fact: { label, value, things, more, untold } }: { fact: PitfallFact }) {
  return (
    <div className="grid grid-cols-[minmax(0,15rem)_minmax(0,40rem)] gap-x-4 py-1.5 text-sm first:pt-0 last:pb-0 @max-lg:grid-cols-1">
      <dt className="text-ink-3">
        {untold && <CircleQuestionMark aria-hidden size={13} className="mr-1 inline text-unsure" />}
        {label}
        {untold && <span className="sr-only"> (cannot be told)</span>}
      </dt>
      <dd>
        {value}
        {things.length > 0 && (
          <span className="block text-xs break-words text-ink-3">
            {things.join('; ')}
            {more > 0 && `; and ${more.toLocaleString('en')} more`}
          </span>
        )}
      </dd>
    </div>
  );
}
