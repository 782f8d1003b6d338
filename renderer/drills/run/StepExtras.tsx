import { FilePlus, Flag, NotebookPen } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '../../app';
import { Button, LongText } from '../../ui';
import { useDo } from '../useDo';
import { FindingDialog } from './FindingDialog';
import type { DrillView } from './RunScreen';

/** Notes, files and findings of a step, at any time before the record is closed. */
export function StepExtras({
  drill,
  step,
  onView,
}: {
  drill: string;
  step: string;
  onView: (view: DrillView) => void;
}) {
  const { drills } = useClient();
  const [note, setNote] = useState('');
  const [finding, setFinding] = useState(false);
  const { attempt } = useDo();
  const at = { drill, step };
  return (
    <>
      <div className="mt-4 mb-2">
        <LongText label="Note" value={note} onChange={setNote} rows={2} />
      </div>
      <div className="flex flex-wrap items-end gap-2">
        <Button
          icon={NotebookPen}
          disabled={note.trim() === ''}
          onClick={() =>
            attempt('The note is not kept', async () => {
              onView(await drills.note({ ...at, text: note.trim() }));
              setNote('');
            })
          }
        >
          Add the note
        </Button>
        <Button
          icon={FilePlus}
          onClick={() =>
            attempt('Not attached', async () => {
              const after = await drills.attach(at);
              if (after) onView(after);
            })
          }
        >
          Attach files
        </Button>
        <Button icon={Flag} onClick={() => setFinding(true)}>
          New finding
        </Button>
      </div>
      {finding && (
        <FindingDialog
          drill={drill}
          step={step}
          onClose={() => setFinding(false)}
          onDone={() => {
            setFinding(false);
            attempt('Not read', async () => onView(await drills.get({ drill })));
          }}
        />
      )}
    </>
  );
}
