import { Undo2 } from 'lucide-react';
import type { DrillChange } from '../../../shared/model/drills/drill';
import { useClient } from '../../app';
import { Button, Identifier } from '../../ui';
import { useDo } from '../useDo';
import type { DrillView } from './RunScreen';

/** What is changed in the account and not yet taken back, each with its way back. */
export function UndoList({
  title,
  changes,
  drill,
  onView,
}: {
  title: string;
  changes: readonly DrillChange[];
  drill: string;
  onView: (view: DrillView) => void;
}) {
  const { drills } = useClient();
  const { busy, attempt } = useDo();
  return (
    <section aria-label={title} className="border-b bg-fail-soft px-4 py-2 print:hidden">
      <h2 className="text-sm font-semibold text-fail">{title}</h2>
      <ul className="mt-1 space-y-1">
        {changes.map((change) => (
          <li key={change.id} className="flex flex-wrap items-center gap-3 text-sm">
            <span className="min-w-0 flex-1">
              {change.words}
              {change.state === 'planned' && ' (cut off on the way: it may have happened)'}{' '}
              <Identifier value={change.target} label="What was changed" max={48} />
            </span>
            <Button
              icon={Undo2}
              busy={busy}
              onClick={() =>
                attempt('Not taken back', async () =>
                  onView(await drills.undo({ drill, change: change.id })),
                )
              }
            >
              {change.undoWords ?? 'Take it back'}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
