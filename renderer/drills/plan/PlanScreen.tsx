import { useState } from 'react';
import { useClient, useScreen } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import { ErrorPanel, Loading } from '../../ui';
import { PlanEditor } from './PlanEditor';

/** One plan: read, changed, started. A change makes its next version. */
export function PlanScreen({ id }: { id: string }) {
  const { drills } = useClient();
  useScreen({});
  const [turn, setTurn] = useState(0);
  const {
    value: versions,
    error,
    retry,
  } = useAnswer((signal) => drills.planVersions({ plan: id }, { signal }), `${id} ${turn}`);
  const plan = versions?.[0];
  if (error) {
    return (
      <div className="p-4">
        <ErrorPanel error={error} onRetry={retry} />
      </div>
    );
  }
  if (!plan) return <Loading label="Reading the plan" />;
  return (
    <PlanEditor
      key={plan.version}
      plan={plan}
      versions={versions}
      onSaved={() => setTurn((count) => count + 1)}
    />
  );
}
