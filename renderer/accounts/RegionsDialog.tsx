import { useCallback, useEffect, useState } from 'react';
import type { Connection } from '../../shared/contract/accounts';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { useClient } from '../app';
import { Button, Checkbox, Dialog, ErrorPanel, Loading, SearchField } from '../ui';

interface Region {
  readonly id: string;
  readonly name: string;
}

/** Chooses the Regions of one connection that the inventory covers; nothing changes before Apply. */
export function RegionsDialog({
  connection,
  onClose,
  onApply,
}: {
  connection: Connection;
  onClose: () => void;
  onApply: (regions: string[]) => void;
}) {
  const { regions, error, read } = useRegions(connection.id);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>(connection.regions);
  const shown = (regions ?? []).filter((region) => matches(region, search));
  const allShown = shown.length > 0 && shown.every(({ id }) => chosen.includes(id));

  const toggle = (ids: readonly string[], on: boolean) =>
    setChosen(
      on ? [...new Set([...chosen, ...ids])] : chosen.filter((region) => !ids.includes(region)),
    );

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Regions of ${connection.name}`}
      description="Keys live in one Region each. Only the Regions chosen here are read; a key elsewhere is not seen."
      footer={
        <>
          <span className="mr-auto self-center text-xs text-ink-2">{chosen.length} chosen</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            onClick={() => onApply([...chosen])}
          >
            Apply
          </Button>
        </>
      }
    >
      <SearchField label="Search Regions" value={search} onChange={setSearch} className="mb-2" />
      {error && <ErrorPanel error={error} onRetry={() => void read()} compact />}
      {!regions && !error && <Loading label="Reading Regions" />}
      {regions && (
        <>
          <Checkbox
            className="h-7 border-b text-ink-2"
            checked={allShown}
            mixed={!allShown && shown.some(({ id }) => chosen.includes(id))}
            onChange={(on) =>
              toggle(
                shown.map(({ id }) => id),
                on,
              )
            }
          >
            {search ? 'All that match' : 'All Regions'}
          </Checkbox>
          <ul aria-label="Regions" className="h-72 overflow-y-auto">
            {shown.map(({ id, name }) => (
              <li key={id}>
                <Checkbox
                  className="h-7"
                  checked={chosen.includes(id)}
                  onChange={(on) => toggle([id], on)}
                >
                  <span className="w-36 shrink-0 font-mono text-xs">{id}</span>
                  <span className="truncate text-ink-2">{name}</span>
                </Checkbox>
              </li>
            ))}
            {shown.length === 0 && (
              <li className="py-2 text-sm text-ink-3">No Region has this name.</li>
            )}
          </ul>
        </>
      )}
    </Dialog>
  );
}

function matches({ id, name }: Region, search: string): boolean {
  return `${id} ${name}`.toLowerCase().includes(search.trim().toLowerCase());
}

function useRegions(connection: string) {
  const client = useClient();
  const [regions, setRegions] = useState<readonly Region[]>();
  const [error, setError] = useState<ErrorInfo>();

  const read = useCallback(
    async (signal?: AbortSignal) => {
      try {
        const answer = await client.accounts.regions({ connection }, { signal });
        setRegions(answer.regions);
        setError(undefined);
      } catch (thrown) {
        const info = toErrorInfo(thrown);
        if (info.code !== 'cancelled') setError(info);
      }
    },
    [client, connection],
  );
  useEffect(() => {
    const abort = new AbortController();
    // oxlint-disable-next-line react/set-state-in-effect -- it sets after the answer, not at once
    void read(abort.signal);
    return () => abort.abort();
  }, [read]);

  return { regions, error, read };
}
