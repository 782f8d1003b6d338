import { useState } from 'react';
import { verdictValues, type VerdictValue } from '../../../shared/model/verdict';
import type { CheckState } from '../../../shared/model/readiness/state';
import { useClient } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import {
  Badge,
  Button,
  ErrorPanel,
  FilterChip,
  Loading,
  VerdictBadge,
  verdictLooks,
  Part,
} from '../../ui';

/** Things shown at once. */
const pageSize = 50;

/** The things of a check, gravest first; each opens to its evidence. */
export function ThingsPart({
  check,
  counts,
  turn,
  onOpen,
}: {
  check: string;
  counts: CheckState['counts'];
  turn: number;
  onOpen: (subject: string) => void;
}) {
  const { readiness } = useClient();
  const [verdicts, setVerdicts] = useState<readonly VerdictValue[]>([]);
  const [limit, setLimit] = useState(pageSize);
  const { value, error, retry } = useAnswer(
    (signal) =>
      readiness.items(
        {
          check,
          offset: 0,
          limit: Math.min(limit, 500),
          ...(verdicts.length > 0 && { verdicts: [...verdicts] }),
        },
        { signal },
      ),
    `${check} ${verdicts.join()} ${limit} ${turn}`,
  );
  return (
    <Part title={value ? `Looked at: ${value.total.toLocaleString('en')}` : 'Looked at'}>
      <div className="mb-2">
        <FilterChip
          label="Verdict"
          options={verdictValues.map((verdict) => ({
            value: verdict,
            label: verdictLooks[verdict].word,
            count: counts[verdict],
          }))}
          selected={[...verdicts]}
          onChange={(chosen) => setVerdicts(chosen as VerdictValue[])}
        />
      </div>
      {error && <ErrorPanel compact error={error} onRetry={retry} />}
      {!value && !error && <Loading label="Reading what was looked at" />}
      {value?.items.length === 0 && <p className="text-sm text-ink-2">None.</p>}
      {value && value.items.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {value.items.map(({ subject, verdict, waiver, care }) => (
            <li key={subject.id}>
              <button
                type="button"
                onClick={() => onOpen(subject.id)}
                className="block w-full px-3 py-2 text-left outline-offset-[-2px] hover:bg-hover"
              >
                <span className="flex flex-wrap items-center gap-2">
                  <VerdictBadge value={verdict.value} />
                  <span className="min-w-0 truncate text-sm font-medium">{subject.name}</span>
                  {waiver && <Badge tone="stale">waived until {waiver.expires}</Badge>}
                  {care?.owner && <Badge>{care.owner}</Badge>}
                </span>
                <span className="mt-0.5 block text-xs text-ink-2">{verdict.reason}</span>
                {(subject.account ?? subject.region) && (
                  <span className="block text-xs text-ink-3">
                    {[subject.account, subject.region].filter(Boolean).join(', ')}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
      {value && value.total > value.items.length && limit < 500 && (
        <Button variant="ghost" className="mt-2" onClick={() => setLimit(limit + 150)}>
          Show more
        </Button>
      )}
      {value && value.total > 500 && limit >= 500 && (
        <p className="mt-2 text-xs text-ink-3">
          The first 500 of {value.total.toLocaleString('en')} are shown; the export has all.
        </p>
      )}
    </Part>
  );
}
