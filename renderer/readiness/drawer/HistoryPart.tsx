import type { Target } from '../../../shared/model/readiness/people';
import { useClient } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import { ErrorPanel, Time, Part } from '../../ui';

/** What became of a check or of one of its things, newest first. */
export function HistoryPart({ target, turn }: { target: Target; turn: number }) {
  const { readiness } = useClient();
  const { value, error } = useAnswer(
    (signal) => readiness.history({ ...target, limit: 50 }, { signal }),
    `${target.check} ${target.subject ?? ''} ${turn}`,
  );
  return (
    <Part title="History">
      {error && <ErrorPanel compact error={error} />}
      {value?.length === 0 && <p className="text-sm text-ink-2">Nothing yet.</p>}
      <ol className="space-y-1">
        {value?.map((entry) => (
          <li
            key={`${entry.at} ${entry.kind} ${entry.subject ?? ''} ${entry.what}`}
            className="text-xs"
          >
            <span className="text-ink-3">
              <Time iso={entry.at} precision="minute" bare />
              {entry.operator && ` ${entry.operator}`}
            </span>{' '}
            {entry.what}
          </li>
        ))}
      </ol>
    </Part>
  );
}
