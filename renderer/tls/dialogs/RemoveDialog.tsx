import { useState } from 'react';
import { Button, Dialog } from '../../ui';
import { useTls } from '../useTls';
import { navigate } from '../../app/location';

/** Asks before endpoints go, together with the history of their scans. */
export function RemoveDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const rows = useTls((state) => state.rows);
  const remove = useTls((state) => state.remove);
  const listPlace = useTls((state) => state.listPlace);
  const [busy, setBusy] = useState(false);
  const names = ids.map((id) => {
    const endpoint = rows.get(id)?.endpoint;
    return endpoint ? `${endpoint.host}:${endpoint.port}` : id;
  });
  const what = ids.length === 1 ? 'this endpoint' : `these ${ids.length} endpoints`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={ids.length === 1 ? 'Remove the endpoint' : `Remove ${ids.length} endpoints`}
      description={`The scans of ${what} go with it and cannot be brought back. Export them first if you need them as evidence. The server itself is not touched.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            busy={busy}
            onClick={() => {
              setBusy(true);
              void remove(ids).then((removed) => {
                if (removed) navigate(listPlace, { replace: true });
                onClose();
              });
            }}
          >
            Remove
          </Button>
        </>
      }
    >
      <ul aria-label="To be removed" className="max-h-48 overflow-y-auto font-mono text-xs">
        {names.map((name) => (
          <li key={name} className="py-0.5">
            {name}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
