import { LockOpen } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Source } from '../../shared/model/envelope/jobs';
import { useApp } from '../app';
import { Button, Checkbox } from '../ui';
import { BatchBar } from './BatchBar';
import { DropZone, PickButtons } from './DropZone';
import { FileList } from './FileList';
import { InspectPanel } from './InspectPanel';
import { PlaceField } from './PlaceField';
import { RekeyDialog } from './RekeyDialog';

/** Opens envelopes, verifies them, or puts them under another key; one of them can be looked into. */
export function OpenView() {
  const { client, envelope } = useApp();
  const bench = envelope.opening;
  const { sources, running, run, clear } = useStore(bench);
  const [place, setPlace] = useState<Source>();
  const [openId, setOpenId] = useState<string>();
  const [replace, setReplace] = useState(false);
  const [rekeying, setRekeying] = useState(false);
  const ids = sources.map(({ id }) => id);
  const idle = running === undefined && ids.length > 0;
  // With one envelope there is nothing to choose.
  const looked =
    sources.find(({ id }) => id === openId) ?? (ids.length === 1 ? sources[0] : undefined);

  const open = (verifyOnly: boolean) =>
    void run(verifyOnly ? 'Verifying' : 'Decrypting', ids, (batch, options) =>
      client.envelope.decrypt(
        { ...batch, verifyOnly, unpack: true, replace, ...(place && { place: place.id }) },
        options,
      ),
    );

  return (
    <>
      <BatchBar bench={bench} />
      <div className="relative flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
        <div className="min-w-0 flex-1 overflow-y-auto p-4 max-lg:flex-none max-lg:overflow-visible">
          {sources.length === 0 ? (
            <DropZone bench={bench} icon={LockOpen} title="Drop envelopes to open">
              Simple envelopes and AWS Encryption SDK messages, whoever wrote them. You see what an
              envelope says of itself before any key is asked.
            </DropZone>
          ) : (
            <>
              <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
                <PickButtons bench={bench} />
                <Button variant="ghost" disabled={!idle} onClick={clear}>
                  Clear the list
                </Button>
              </div>
              <FileList bench={bench} openId={looked?.id} onOpen={setOpenId} />
              <section aria-label="Actions" className="mt-4 rounded-md border bg-surface p-4">
                <PlaceField place={place} onChange={setPlace} />
                <Checkbox checked={replace} onChange={setReplace} className="mt-2">
                  Write over files of the same name
                </Checkbox>
                <div className="mt-3 flex flex-wrap gap-2">
                  <Button
                    variant="primary"
                    icon={LockOpen}
                    disabled={!idle}
                    onClick={() => open(false)}
                  >
                    {ids.length > 1 ? `Decrypt ${ids.length}` : 'Decrypt'}
                  </Button>
                  <Button disabled={!idle} onClick={() => open(true)}>
                    Verify only
                  </Button>
                  <Button disabled={!idle} onClick={() => setRekeying(true)}>
                    Put under another key
                  </Button>
                </div>
                <p className="mt-2 text-xs text-ink-3">
                  A file gets its name only when every byte of it was verified. Verifying writes
                  nothing and tells the content’s hash.
                </p>
              </section>
            </>
          )}
        </div>
        {looked && <InspectPanel key={looked.id} source={looked} />}
      </div>
      {rekeying && (
        <RekeyDialog
          count={ids.length}
          onClose={() => setRekeying(false)}
          onChoose={(to) => {
            setRekeying(false);
            void run('Re-keying', ids, (batch, options) =>
              client.envelope.rekey(
                { ...batch, to: [...to], replace, ...(place && { place: place.id }) },
                options,
              ),
            );
          }}
        />
      )}
    </>
  );
}
