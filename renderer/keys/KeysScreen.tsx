import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { isFiltering } from '../../shared/model/keyFilter';
import type { KeyView } from '../../shared/model/keyLens';
import { parseKeyRef } from '../../shared/model/keyPlace';
import { keyRefString } from '../../shared/model/key';
import type { KeyQuery } from '../../shared/model/keyQuery';
import { useApp, useScope, useScreen, useSettings } from '../app';
import { ErrorPanel, useUi } from '../ui';
import { visibleColumns } from './columns';
import { columnEntries } from './columnEntries';
import { KeyDrawer } from './drawer/KeyDrawer';
import { EmptyKeys } from './EmptyKeys';
import { KeyFilterBar } from './KeyFilterBar';
import { Outdated } from './Outdated';
import { KeyTable } from './KeyTable';
import { ScopeProblems } from './ScopeProblems';
import { progressShare, progressWords } from './progressWords';
import { useExport } from './useExport';
import { useKeyCommands } from './useKeyCommands';
import { useKeyPlace } from './useKeyPlace';
import { useKeyResult } from './useKeyResult';

/** The keys of all chosen accounts and Regions: table, filters, and the drawer of one key. */
export function KeysScreen() {
  const { accounts, keys } = useApp();
  const { timeZone, copy } = useUi();
  const [settings, changeSettings] = useSettings();
  const state = useStore(keys.store);
  const [place, go] = useKeyPlace();
  const { query, open } = place;
  const result = useKeyResult(state, query, settings);
  const table = useRef<HTMLTableElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [byKeyboard, setByKeyboard] = useState(false);

  const { chosen } = useScope();
  const accountsReady = useStore(accounts, ({ status }) => status === 'ready');
  const scope = accountsReady ? scopeText(chosen) : undefined;
  useEffect(() => state.followScope(scope), [state, scope]);

  // The table renders some times a second while keys are being read: it must see what has not changed.
  const columns = useMemo(
    () => visibleColumns(settings.hiddenKeyColumns),
    [settings.hiddenKeyColumns],
  );
  const openId = open && keyRefString(open);
  const view = openId === undefined ? undefined : result.all.find(({ id }) => id === openId);
  const running = state.progress !== undefined;

  const setQuery = useCallback(
    (next: KeyQuery, replace = false) => go({ ...place, query: next }, replace),
    [go, place],
  );
  const setSort = useCallback(
    (sort: KeyQuery['sort']) => setQuery({ ...query, sort }, true),
    [setQuery, query],
  );
  const openKey = useCallback(
    (id: string) => {
      setByKeyboard(table.current === document.activeElement);
      go({ query, open: parseKeyRef(id) });
    },
    [go, query],
  );
  const openView = useCallback(({ id }: KeyView) => openKey(id), [openKey]);
  const exporting = useExport(query, columns);
  const copyArns = useCallback(
    (views: readonly KeyView[]) =>
      copy(
        views.map(({ row }) => row.arn).join('\n'),
        views.length > 1 ? `${views.length} key ARNs` : 'Key ARN',
      ),
    [copy],
  );

  useScreen({
    asOf: state.asOf,
    asOfNote: asOfNote(state.scopes.length, chosen.length),
    refresh: refreshAll,
    refreshing: running || state.phase === 'waiting',
    progress: progressShare(state.progress),
    progressNote: progressWords(state.progress),
    cancel: state.cancel,
  });
  function refreshAll(): void {
    void state.refresh();
  }
  useKeyCommands({
    exporting,
    table,
    onClear: () => setQuery({ ...query, search: '', filters: {} }),
    filtering: isFiltering(query),
  });

  const empty = result.views.length === 0;
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <h1 className="sr-only">Keys</h1>
        <KeyFilterBar
          query={query}
          onQuery={setQuery}
          counts={result.counts}
          shown={result.views.length}
          total={result.all.length}
          searchRef={search}
          columnEntries={columnEntries(
            settings.hiddenKeyColumns,
            (hiddenKeyColumns) => void changeSettings({ hiddenKeyColumns }),
          )}
          exportEntries={exporting.entries}
          exporting={exporting.busy}
        />
        {state.error && result.all.length > 0 && (
          <div className="border-b px-3 py-2">
            <ErrorPanel compact error={state.error} onRetry={() => void state.refresh()} />
          </div>
        )}
        {state.outdated && !running && (
          <Outdated change={state.outdated} onRefresh={() => void state.refresh()} />
        )}
        <ScopeProblems
          scopes={state.scopes}
          running={running}
          alone={result.all.length === 0}
          onRetry={(only) => void state.refresh(only)}
        />
        {empty ? (
          <EmptyKeys
            waiting={state.phase === 'waiting'}
            running={running}
            chosen={accountsReady ? chosen.length : undefined}
            scopes={state.scopes}
            error={state.error}
            filtered={result.all.length > 0}
            onClear={() => setQuery({ ...query, search: '', filters: {} })}
            onRefresh={() => void state.refresh()}
          />
        ) : (
          <KeyTable
            ref={table}
            views={result.views}
            columns={columns}
            sort={query.sort}
            onSort={setSort}
            selection={keys.selection}
            openId={openId}
            onOpen={openView}
            onCopy={copyArns}
            rowHeight={rowHeights[settings.density]}
            timeZone={timeZone}
          />
        )}
      </div>
      {open && openId !== undefined && (
        <KeyDrawer
          key={openId}
          keyRef={open}
          view={view}
          all={result.all}
          reading={state.phase === 'waiting' || running}
          takeFocus={byKeyboard}
          onOpen={openKey}
          onClose={() => go({ query })}
          returnFocus={() => table.current}
        />
      )}
    </div>
  );
}

/** Pixels. Compact shows 25 rows in a window of 1280 x 800, also below a banner. */
const rowHeights = { compact: 26, comfortable: 32 } as const;

/** The chosen scope as one text, to see whether it has changed. */
function scopeText(chosen: readonly { id: string; regions: readonly string[] }[]): string {
  return chosen
    .map(({ id, regions }) => `${id}: ${[...regions].sort().join(' ')}`)
    .sort()
    .join('\n');
}

function asOfNote(regions: number, connections: number): string {
  return `When the newest of ${regions} Regions in ${connections} ${connections === 1 ? 'account' : 'accounts'} was read. Each key and each fact has its own time in the drawer.`;
}
