import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SavedEventView } from '../../../shared/contract/settings';
import { useSettings } from '../../app';
import { Button, Dialog, IconButton, TextField } from '../../ui';
import { nameProblem } from './savedViews';

/** Renames and deletes views; nothing is kept before "Save". */
export function ManageViewsDialog({ onClose }: { onClose: () => void }) {
  const [{ savedEventViews }, update] = useSettings();
  const [draft, setDraft] = useState(() =>
    savedEventViews.map((view) => ({ view, name: view.name })),
  );
  const problemOf = ({ name }: { name: string }, index: number) =>
    nameProblem(
      name,
      draft.filter((_, other) => other !== index),
    );
  const problems = draft.map(problemOf);
  return (
    <Dialog
      open
      onClose={onClose}
      title="Saved views"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={problems.some((problem) => problem !== undefined)}
            onClick={() => {
              void update({ savedEventViews: draft.map(renamed) });
              onClose();
            }}
          >
            Save
          </Button>
        </>
      }
    >
      <ul className="space-y-2">
        {draft.map(({ view, name }, index) => (
          <li key={view.name} className="flex items-start gap-2">
            <TextField
              label={`Name of ${view.name}`}
              labelHidden
              className="flex-1"
              value={name}
              error={problems[index]}
              onChange={(next) =>
                setDraft(draft.map((one) => (one.view === view ? { view, name: next } : one)))
              }
            />
            <IconButton
              icon={Trash2}
              label={`Delete ${view.name}`}
              onClick={() => setDraft(draft.filter((one) => one.view !== view))}
            />
          </li>
        ))}
      </ul>
      {draft.length === 0 && <p className="text-sm text-ink-2">All are deleted with “Save”.</p>}
    </Dialog>
  );
}

function renamed({ view, name }: { view: SavedEventView; name: string }): SavedEventView {
  return { ...view, name: name.trim() };
}
