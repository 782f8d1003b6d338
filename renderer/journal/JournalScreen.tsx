import { ScrollText, ShieldCheck } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { JournalEntry } from '../../shared/contract/journal';
import { useApp, useCommands, useQuery, useScreen } from '../app';
import { Button, EmptyState, ErrorPanel, Loading, ScreenHeader } from '../ui';
import { EntryDrawer } from './EntryDrawer';
import { EntryList } from './EntryList';
import { KindFilter } from './KindFilter';
import { VerifyPanel } from './VerifyPanel';

/** What was done, by whom, with which outcome; and whether the record is whole. */
export function JournalScreen() {
  const { journal } = useApp();
  const state = useStore(journal);
  const [query, setQuery] = useQuery();
  const kinds = query.get('kind')?.split(',') ?? [];
  const openSeq = query.has('entry') ? Number(query.get('entry')) : undefined;
  const { entries, total, loading, error, loadNewest, loadOlder, verify, verifying } = state;

  useEffect(() => void loadNewest(), [loadNewest]);
  useScreen({ refresh: () => void loadNewest(), refreshing: loading });
  useCommands([
    {
      id: 'journal.next',
      title: 'Next entry',
      group: 'Journal',
      keys: ['j', 'ArrowDown'],
      local: true,
      run: () => {},
    },
    {
      id: 'journal.previous',
      title: 'Previous entry',
      group: 'Journal',
      keys: ['k', 'ArrowUp'],
      local: true,
      run: () => {},
    },
  ]);

  const kindText = kinds.join(',');
  const shown = useMemo(
    () => entries.filter(({ kind }) => kindText === '' || kindText.split(',').includes(kind)),
    [entries, kindText],
  );
  const open = entries.find(({ seq }) => seq === openSeq);
  const more = total !== undefined && entries.length < total;

  const setParam = (name: string, value: string, replace: boolean) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next, { replace });
  };
  const show = (entry: JournalEntry | undefined) =>
    setParam('entry', entry ? String(entry.seq) : '', Boolean(entry && open));

  return (
    <>
      <ScreenHeader title="Journal" note={countText(shown.length, entries.length, total)}>
        <KindFilter
          entries={entries}
          selected={kinds}
          onChange={(next) => setParam('kind', next.join(','), true)}
        />
        <Button icon={ShieldCheck} busy={Boolean(verifying)} onClick={() => void verify()}>
          Verify
        </Button>
      </ScreenHeader>
      <VerifyPanel />
      {error && (
        <div className="p-4">
          <ErrorPanel error={error} onRetry={() => void loadNewest()} />
        </div>
      )}
      <div className="relative flex min-h-0 flex-1">
        {total === undefined && !error && <Loading label="Reading the journal" />}
        {total !== undefined && shown.length === 0 && !more && (
          <EmptyState icon={ScrollText} title="No entries">
            {kinds.length > 0
              ? 'No entry is of the kinds chosen in the filter.'
              : 'What you do, and every call that changes something at AWS, is recorded here.'}
          </EmptyState>
        )}
        {(shown.length > 0 || more) && (
          <EntryList
            entries={shown}
            openSeq={openSeq}
            onOpen={show}
            onEnd={more && !loading ? () => void loadOlder() : undefined}
          />
        )}
        {open && <EntryDrawer entry={open} onClose={() => show(undefined)} />}
      </div>
    </>
  );
}

function countText(shown: number, loaded: number, total: number | undefined): string | undefined {
  if (total === undefined) return undefined;
  const all = total === 1 ? '1 entry' : `${total.toLocaleString('en')} entries`;
  return shown === loaded ? all : `${shown.toLocaleString('en')} shown of ${all}`;
}
