import { Bookmark, BookmarkCheck, BookmarkPlus, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useSettings } from '../../app';
import { Button, Menu } from '../../ui';
import { formatEventPlace, type EventPlace } from '../eventPlace';
import { ManageViewsDialog } from './ManageViewsDialog';
import { builtInViews, openView } from './savedViews';
import { SaveViewDialog } from './SaveViewDialog';

/** Opens the views that are kept, and keeps the present one. */
export function ViewsMenu({ place }: { place: EventPlace }) {
  const [{ savedEventViews: views }] = useSettings();
  const [dialog, setDialog] = useState<'save' | 'manage'>();
  const { view, query } = place;
  const here = formatEventPlace({ view, query });
  const current = [...builtInViews, ...views].find((one) => one.place === here);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button icon={current ? BookmarkCheck : Bookmark}>
            <span className="max-w-32 truncate">{current?.name ?? 'Views'}</span>
          </Button>
        }
        entries={[
          { heading: 'Views' },
          ...builtInViews.map((one) => ({
            label: one.name,
            icon: BookmarkCheck,
            onSelect: () => openView(one),
          })),
          ...views.map((one) => ({
            label: one.name,
            icon: Bookmark,
            onSelect: () => openView(one),
          })),
          'separator',
          {
            label: 'Save this view…',
            icon: BookmarkPlus,
            disabled: current !== undefined,
            onSelect: () => setDialog('save'),
          },
          {
            label: 'Rename or delete…',
            icon: Pencil,
            disabled: views.length === 0,
            onSelect: () => setDialog('manage'),
          },
        ]}
      />
      {dialog === 'save' && <SaveViewDialog place={here} onClose={() => setDialog(undefined)} />}
      {dialog === 'manage' && <ManageViewsDialog onClose={() => setDialog(undefined)} />}
    </>
  );
}
