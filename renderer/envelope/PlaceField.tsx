import { FolderOutput } from 'lucide-react';
import { useState } from 'react';
import type { Source } from '../../shared/model/envelope/jobs';
import { toErrorInfo } from '../../shared/model/errors';
import { useApp } from '../app';
import { Button } from '../ui';

/** Where results go: beside their sources, or a folder that the operator picks. */
export function PlaceField({
  place,
  onChange,
}: {
  place: Source | undefined;
  onChange: (place: Source | undefined) => void;
}) {
  const { client, toaster } = useApp();
  const [picking, setPicking] = useState(false);

  async function pick(): Promise<void> {
    setPicking(true);
    try {
      const { sources } = await client.envelope.pick({ what: 'folder' });
      const [folder] = sources;
      if (folder) onChange(folder);
    } catch (error) {
      const description = toErrorInfo(error).message;
      toaster.add({ title: 'No folder was chosen', description, type: 'error' });
    } finally {
      setPicking(false);
    }
  }

  return (
    <div>
      <p className="mb-1 text-xs font-medium text-ink-2">Where to</p>
      <p className="truncate text-sm" title={place?.path}>
        {place ? place.path : 'Beside each source'}
      </p>
      <div className="mt-1 flex gap-1">
        <Button variant="ghost" icon={FolderOutput} busy={picking} onClick={() => void pick()}>
          {place ? 'Another folder' : 'Choose a folder'}
        </Button>
        {place && (
          <Button variant="ghost" onClick={() => onChange(undefined)}>
            Beside each source
          </Button>
        )}
      </div>
    </div>
  );
}
