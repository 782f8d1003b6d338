import { useClient } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { Badge, Button, ErrorPanel, Time } from '../../ui';
import { drillsPath } from '../places';

/** Plans whose next drill is due soon or overdue. */
export function DueList() {
  const { drills } = useClient();
  const { value: plans, error } = useAnswer((signal) => drills.plans(undefined, { signal }));
  const due = plans?.filter(({ dueState }) => dueState !== 'later') ?? [];
  if (error) return <ErrorPanel compact error={error} />;
  if (due.length === 0) return null;
  return (
    <section aria-label="Due" className="mb-4 rounded-md border border-line bg-surface">
      <ul className="divide-y divide-line">
        {due.map(({ plan, due: when, dueState, lastPassedAt }) => (
          <li key={plan.id} className="flex flex-wrap items-center gap-3 px-4 py-2">
            <Badge tone={dueState === 'overdue' ? 'fail' : 'stale'}>
              {dueState === 'overdue' ? 'Overdue' : 'Due soon'}
            </Badge>
            <p className="min-w-0 flex-1 text-sm">
              {plan.name}{' '}
              <span className="text-ink-3">
                due <Time iso={when} precision="date" bare />
                {lastPassedAt ? (
                  <>
                    , last passed <Time iso={lastPassedAt} precision="date" bare />
                  </>
                ) : (
                  ', never passed'
                )}
              </span>
            </p>
            <Button onClick={() => navigate(drillsPath({ kind: 'plan', id: plan.id }))}>
              Open
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
