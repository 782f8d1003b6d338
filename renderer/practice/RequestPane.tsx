import { Pause, Play, Radio } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { requestOutcomes, type PracticeRequest } from '../../shared/contract/practice';
import { useApp, useQuery } from '../app';
import { Button, EmptyState, ErrorPanel, FilterChip, SearchField } from '../ui';
import { outcomeLooks } from './OutcomeBadge';
import { RequestDrawer } from './RequestDrawer';
import { filterRequests } from './requestFilter';
import { RequestList } from './RequestList';

/** The requests that the account gets, as they come: filter, pause, and one in detail. */
export function RequestPane({ onWatch }: { onWatch: () => void }) {
  const { practice } = useApp();
  const { requests, skipped, paused, pause, watchError } = useStore(practice);
  const [query, setQuery] = useQuery();
  const listed = paused ?? requests;
  const search = query.get('q') ?? '';
  const outcomes = useMemo(() => listOf(query.get('outcome')), [query]);
  const operations = useMemo(() => listOf(query.get('operation')), [query]);
  const shown = useMemo(
    () => filterRequests(listed, { search, outcomes, operations }),
    [listed, search, outcomes, operations],
  );
  const openSeq = query.has('request') ? Number(query.get('request')) : undefined;
  const open = listed.find(({ seq }) => seq === openSeq);

  const setParam = (name: string, value: string, replace = true) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next, { replace });
  };
  const show = (request: PracticeRequest | undefined) =>
    setParam('request', request ? String(request.seq) : '', Boolean(request && open));
  const waiting = paused ? (requests[0]?.seq ?? 0) - (paused[0]?.seq ?? 0) : 0;

  return (
    <section aria-label="Requests" className="flex min-w-0 flex-1 flex-col">
      <search className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b px-3 py-2">
        <h2 className="text-sm font-semibold">Requests</h2>
        <output className="mr-1 text-xs text-ink-3 tabular-nums">
          {countText(shown.length, listed.length)}
          {skipped > 0 && `, ${skipped.toLocaleString('en')} not listed`}
        </output>
        <SearchField
          label="Search requests"
          placeholder="Search"
          shortcut="/"
          className="w-40 min-w-24 flex-1"
          value={search}
          onChange={(text) => setParam('q', text)}
        />
        <FilterChip
          label="Outcome"
          options={requestOutcomes.map((value) => ({
            value,
            label: outcomeLooks[value].word,
            count: listed.filter(({ outcome }) => outcome === value).length,
          }))}
          selected={outcomes}
          onChange={(next) => setParam('outcome', next.join(','))}
        />
        <FilterChip
          label="Operation"
          options={operationOptions(listed)}
          selected={operations}
          onChange={(next) => setParam('operation', next.join(','))}
        />
        <Button
          icon={paused ? Play : Pause}
          aria-pressed={paused !== undefined}
          onClick={() => pause(!paused)}
        >
          {paused
            ? waiting > 0
              ? `Resume, ${waiting.toLocaleString('en')} new`
              : 'Resume'
            : 'Pause'}
        </Button>
      </search>
      {watchError && (
        <div className="border-b px-3 py-2">
          <ErrorPanel compact error={watchError} onRetry={onWatch} />
        </div>
      )}
      <div className="relative flex min-h-0 flex-1">
        {shown.length === 0 ? (
          <EmptyState
            icon={Radio}
            title={listed.length > 0 ? 'No request fits the filter' : 'No requests yet'}
          >
            {listed.length > 0
              ? 'Change the search or the filters to see the others.'
              : 'What this program, the AWS CLI or an SDK ask of the practice account shows here as it comes.'}
          </EmptyState>
        ) : (
          <RequestList requests={shown} openSeq={openSeq} onOpen={show} />
        )}
        {open && <RequestDrawer request={open} onClose={() => show(undefined)} />}
      </div>
    </section>
  );
}

function listOf(text: string | null): string[] {
  return text ? text.split(',') : [];
}

function operationOptions(requests: readonly PracticeRequest[]) {
  const counts = new Map<string, number>();
  for (const { operation } of requests) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => a.value.localeCompare(b.value));
}

function countText(shown: number, listed: number): string {
  const all = listed.toLocaleString('en');
  return shown === listed ? all : `${shown.toLocaleString('en')} of ${all}`;
}
