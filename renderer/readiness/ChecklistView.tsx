import { ListChecks, SearchX } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { frameworkIds, frameworkNames } from '../../shared/model/readiness/frameworks';
import { groupIds, groupNames, type GroupId } from '../../shared/model/readiness/groups';
import { verdictValues, type VerdictValue } from '../../shared/model/verdict';
import { useApp, useCommands, useScreen } from '../app';
import {
  Button,
  EmptyState,
  ErrorPanel,
  FilterChip,
  Loading,
  ScreenHeader,
  SearchField,
  Select,
  verdictLooks,
} from '../ui';
import { CheckDrawer } from './drawer/CheckDrawer';
import { Checklist } from './Checklist';
import { ExportMenu } from './ExportMenu';
import { Overview } from './Overview';
import { useReadinessPlace } from './place';
import { ReadinessViews } from './ReadinessViews';
import { RunBar, runShare } from './RunBar';
import { checkRows, shownRows } from './rows';
import { oldestAnswer, scopeWords } from './scope';

/** How ready the accounts are, and what to do next. */
export function ChecklistView() {
  const { readiness } = useApp();
  const { state, trend, progress, error, turn, load, run, cancel } = useStore(readiness);
  const [place, go] = useReadinessPlace();
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => void load(), [load]);

  const rows = useMemo(() => checkRows(state?.checks ?? []), [state]);
  const shown = useMemo(() => shownRows(rows, place), [rows, place]);
  const open =
    place.check === undefined ? undefined : rows.find(({ check }) => check.id === place.check);
  const judged = state?.evaluatedAt !== undefined;

  useScreen({
    asOf: oldestAnswer(state),
    asOfNote:
      'The oldest answer that a verdict rests on. Each check and each thing has its own time.',
    refresh: () => void run(),
    refreshing: progress !== undefined || state?.running === true,
    progress: runShare(progress),
    progressNote: progress && `Reading ${progress.what}`,
    cancel,
  });
  useCommands([
    {
      id: 'readiness.run',
      title: 'Run the checks',
      group: 'Readiness',
      icon: ListChecks,
      enabled: progress === undefined,
      run: () => void run(),
    },
    {
      id: 'readiness.search',
      title: 'Search the checklist',
      group: 'Readiness',
      keys: '/',
      run: () => search.current?.focus(),
    },
    {
      id: 'readiness.next',
      title: 'Next check',
      group: 'Readiness',
      keys: ['j', 'ArrowDown'],
      local: true,
      run: () => {},
    },
    {
      id: 'readiness.previous',
      title: 'Previous check',
      group: 'Readiness',
      keys: ['k', 'ArrowUp'],
      local: true,
      run: () => {},
    },
  ]);

  return (
    <div className="relative flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <ScreenHeader title="Readiness" views={<ReadinessViews />} note={scopeWords(state)}>
          <ExportMenu framework={place.framework} disabled={!judged} />
          <Button icon={ListChecks} busy={progress !== undefined} onClick={() => void run()}>
            Run the checks
          </Button>
        </ScreenHeader>
        {progress && <RunBar progress={progress} onCancel={cancel} />}
        {error && (
          <div className="border-b px-4 py-2">
            <ErrorPanel compact error={error} onRetry={() => void load()} />
          </div>
        )}
        <div className="min-h-0 flex-1 overflow-y-auto">
          {!state && !error && <Loading label="Reading the checklist" rows={12} />}
          {state && !judged && (
            <EmptyState
              icon={ListChecks}
              title="Nothing was judged yet"
              actions={
                <Button variant="primary" busy={progress !== undefined} onClick={() => void run()}>
                  Run the checks
                </Button>
              }
            >
              {rows.length > 0 ? `${rows.length} checks` : 'The checks'} read the chosen accounts
              and endpoints, and change nothing. What a permission keeps from being read is told,
              never guessed.
            </EmptyState>
          )}
          {state && judged && (
            <>
              <Overview state={state} trend={trend} place={place} go={go} />
              <search
                aria-label="Filter checks"
                className="sticky top-0 z-1 flex flex-wrap items-center gap-1.5 border-b bg-canvas px-4 py-1.5"
              >
                <SearchField
                  ref={search}
                  label="Search checks"
                  shortcut="/"
                  value={place.search}
                  onChange={(text) => go({ search: text.slice(0, 200) }, true)}
                  className="w-52"
                />
                <FilterChip
                  label="Verdict"
                  options={verdictValues.map((value) => ({
                    value,
                    label: verdictLooks[value].word,
                    count: rows.filter((row) => row.state.verdict.value === value).length,
                  }))}
                  selected={[...place.verdicts]}
                  onChange={(verdicts) => go({ verdicts: verdicts as VerdictValue[] }, true)}
                />
                <FilterChip
                  label="Group"
                  options={groupIds.map((value) => ({
                    value,
                    label: groupNames[value],
                    count: rows.filter((row) => row.check.group === value).length,
                  }))}
                  selected={[...place.groups]}
                  onChange={(groups) => go({ groups: groups as GroupId[] }, true)}
                />
                <Select
                  label="Framework"
                  value={place.framework ?? 'all'}
                  options={[
                    { value: 'all', label: 'All frameworks' },
                    ...frameworkIds.map((value) => ({ value, label: frameworkNames[value] })),
                  ]}
                  onChange={(value) => go({ framework: value === 'all' ? undefined : value }, true)}
                />
                <output aria-live="polite" className="ml-auto text-xs text-ink-2">
                  <b className="font-semibold text-ink">{shown.length}</b> of {rows.length}
                  <span className="sr-only"> checks</span>
                </output>
              </search>
              {place.framework && (
                <p className="px-4 pt-2 text-xs text-ink-3">
                  A check that passes is evidence for a requirement, never its fulfilment: most
                  requirements ask for more than a program can see.
                </p>
              )}
              {shown.length === 0 ? (
                <EmptyState icon={SearchX} title="No check matches">
                  The search and the filters together leave none.
                </EmptyState>
              ) : (
                <Checklist
                  rows={shown}
                  framework={place.framework}
                  openId={place.check}
                  onOpen={(check) => go({ check, subject: undefined }, place.check !== undefined)}
                />
              )}
            </>
          )}
        </div>
      </div>
      {open && (
        <CheckDrawer
          key={open.check.id}
          row={open}
          turn={turn}
          place={place}
          go={go}
          onChanged={() => void load()}
        />
      )}
    </div>
  );
}
