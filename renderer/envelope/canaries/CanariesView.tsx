import { BadgeCheck, Bird, Download, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Canary } from '../../../shared/model/envelope/canary';
import type { Proof } from '../../../shared/model/envelope/jobs';
import { toErrorInfo } from '../../../shared/model/errors';
import { useApp } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import {
  Badge,
  Button,
  Dialog,
  EmptyState,
  ErrorPanel,
  Identifier,
  Loading,
  Menu,
  Time,
} from '../../ui';
import { ProofCard } from '../ProofCard';
import { KeepingPanel } from './KeepingPanel';
import { MakeDialog } from './MakeDialog';

/** Small envelopes that prove later that a key still opens what it sealed. */
export function CanariesView() {
  const { client, drills, toaster } = useApp();
  const [turn, setTurn] = useState(0);
  // What was made on schedule meanwhile is shown too.
  const made = useStore(drills, (state) => state.canaryTurns);
  const again = () => setTurn((count) => count + 1);
  const {
    value: canaries,
    error,
    retry,
  } = useAnswer((signal) => client.envelope.canaries(undefined, { signal }), turn + made);
  const [making, setMaking] = useState(false);
  const [removing, setRemoving] = useState<Canary>();
  const [proofs, setProofs] = useState<ReadonlyMap<string, Proof>>(new Map());
  const [busy, setBusy] = useState<string>();

  async function attempt(what: string, work: () => Promise<string | undefined>): Promise<void> {
    try {
      const title = await work();
      if (title !== undefined) toaster.add({ title });
    } catch (failure) {
      toaster.add({ title: what, description: toErrorInfo(failure).message, type: 'error' });
    }
    again();
  }

  async function prove(id: string): Promise<void> {
    setBusy(id);
    await attempt('It did not open', async () => {
      const { proof } = await client.envelope.proveCanary({ id });
      setProofs((before) => new Map(before).set(id, proof));
      return undefined;
    });
    setBusy(undefined);
  }

  if (error) {
    return (
      <div className="p-4">
        <ErrorPanel error={error} onRetry={retry} />
      </div>
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <KeepingPanel turn={turn + made} onChanged={again} />
      {!canaries && <Loading label="Reading the canaries" />}
      {canaries?.length === 0 && (
        <EmptyState
          icon={Bird}
          title="No canaries yet"
          actions={
            <Button variant="primary" icon={Plus} onClick={() => setMaking(true)}>
              Make a canary
            </Button>
          }
        >
          A canary is a small envelope of random bytes. Made before a rotation and opened after it,
          it proves that the key still opens old data. Only the hash of its content is kept.
        </EmptyState>
      )}
      {canaries && canaries.length > 0 && (
        <>
          <div className="mb-3 flex justify-end">
            <Button icon={Plus} onClick={() => setMaking(true)}>
              Make a canary
            </Button>
          </div>
          <ul
            aria-label="Canaries"
            className="divide-y divide-line rounded-md border border-line bg-surface"
          >
            {canaries.map((canary) => {
              const proof = proofs.get(canary.id);
              return (
                <li key={canary.id} className="px-4 py-3">
                  <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
                    <div className="min-w-0 flex-1 space-y-1">
                      <p className="text-sm">
                        {canary.note || 'Canary'}{' '}
                        <span className="text-ink-3">
                          of <Time iso={canary.created} precision="minute" bare />
                        </span>
                      </p>
                      <p className="flex flex-wrap gap-x-3 text-xs">
                        <Identifier value={canary.keyArn} label="Key ARN" max={48} />
                        {canary.keyMaterialId !== undefined && (
                          <Identifier
                            value={canary.keyMaterialId}
                            label="Key material id"
                            max={24}
                          />
                        )}
                      </p>
                      <Last canary={canary} />
                    </div>
                    <div className="flex gap-1">
                      <Button
                        icon={BadgeCheck}
                        busy={busy === canary.id}
                        onClick={() => void prove(canary.id)}
                      >
                        Open it
                      </Button>
                      <Menu
                        align="end"
                        trigger={<Button variant="ghost">More</Button>}
                        entries={[
                          {
                            label: 'Export',
                            icon: Download,
                            onSelect: () =>
                              void attempt('Not exported', async () => {
                                const written = await client.envelope.exportCanary({
                                  id: canary.id,
                                });
                                return written ? `Written to ${written.file}` : undefined;
                              }),
                          },
                          {
                            label: 'Remove',
                            icon: Trash2,
                            danger: true,
                            onSelect: () => setRemoving(canary),
                          },
                        ]}
                      />
                    </div>
                  </div>
                  {proof && (
                    <div className="mt-3">
                      <ProofCard proof={proof} />
                    </div>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
      {making && (
        <MakeDialog
          onClose={() => setMaking(false)}
          onMake={(key, note) => {
            setMaking(false);
            void attempt('No canary was made', async () => {
              await client.envelope.makeCanary({ key, note });
              return 'The canary is made';
            });
          }}
        />
      )}
      {removing && (
        <Dialog
          open
          title="Remove this canary?"
          description="What it could have proved of this key material cannot be proved with it any more. An exported copy stays where it is."
          onClose={() => setRemoving(undefined)}
          footer={
            <>
              <Button onClick={() => setRemoving(undefined)}>Cancel</Button>
              <Button
                variant="danger"
                onClick={() => {
                  const { id } = removing;
                  setRemoving(undefined);
                  void attempt('Not removed', async () => {
                    await client.envelope.removeCanary({ id });
                    return 'The canary is removed';
                  });
                }}
              >
                Remove
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}

function Last({ canary: { last } }: { canary: Canary }) {
  if (!last) return <Badge>Never opened</Badge>;
  return (
    <p className="flex flex-wrap items-center gap-2 text-xs text-ink-2">
      <Badge tone={last.opened ? 'pass' : 'fail'}>{last.opened ? 'Opened' : 'Did not open'}</Badge>
      <Time iso={last.at} precision="minute" bare />
      {last.error && <span>{last.error.message}</span>}
    </p>
  );
}
