import { useState } from 'react';
import { useSettings } from '../../app';
import { Button, Dialog, TextField } from '../../ui';
import { nameProblem } from './savedViews';

/** Asks for a name and keeps the view. */
export function SaveViewDialog({ place, onClose }: { place: string; onClose: () => void }) {
  const [{ savedEventViews: views }, update] = useSettings();
  const [name, setName] = useState('');
  const problem = nameProblem(name, views);
  const full = views.length >= 100;
  const save = () => {
    if (problem || full) return;
    void update({ savedEventViews: [...views, { name: name.trim(), place }] });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Save this view"
      description="With its search, filters and time. It can be opened from here and from the command palette."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={problem !== undefined || full} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={full ? 'There are 100 views: delete one first.' : name === '' ? undefined : problem}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save();
        }}
      />
    </Dialog>
  );
}
