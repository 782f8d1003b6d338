import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { useApp, useScreen, useSettings } from '../../app';
import { navigate, usePlace } from '../../app/location';
import { ErrorPanel, useUi } from '../../ui';
import { reportPlace } from '../places';
import { ScanBar } from '../ScanBar';
import { scanShare, scanWords } from '../scanWords';
import { ActiveNote } from './ActiveNote';
import { EmptyEndpoints } from './EmptyEndpoints';
import { EndpointFilterBar } from './EndpointFilterBar';
import { EndpointTable } from './EndpointTable';
import type { EndpointView } from './lens';
import { formatQuery, parseQuery, type EndpointQuery, type EndpointSort } from './query';
import { useEndpointList } from './useEndpointList';
import { useEndpointCommands } from './useEndpointCommands';

/** Every configured endpoint with what its last scan said. */
export function EndpointsScreen() {
  const { tls } = useApp();
  const { timeZone, copy } = useUi();
  const [{ density }] = useSettings();
  const { phase, error, rows, scan, scanError } = useStore(tls.store);
  const { load, startScan, cancelScan, leaveList } = tls.store.getState();
  const { search } = usePlace();
  const query = useMemo(() => parseQuery(search), [search]);
  const list = useEndpointList(rows, query);
  const table = useRef<HTMLTableElement>(null);

  useEffect(() => void load(), [load]);
  useEffect(() => leaveList(placeOf(query)), [leaveList, query]);

  const setQuery = useCallback(
    (next: EndpointQuery, replace = false) => navigate(placeOf(next), { replace }),
    [],
  );
  const setSort = useCallback(
    (sort: EndpointSort) => setQuery({ ...query, sort }, true),
    [setQuery, query],
  );
  const open = useCallback(({ id }: EndpointView) => navigate(reportPlace(id)), []);
  const copyPlaces = useCallback(
    (views: readonly EndpointView[]) =>
      copy(
        views.map(({ place }) => place).join('\n'),
        views.length > 1 ? `${views.length} addresses` : 'Address',
      ),
    [copy],
  );

  const newest = useMemo(() => newestScan(list.all), [list.all]);
  useScreen({
    asOf: newest,
    asOfNote: 'When the newest of the scans shown ended. Each endpoint has its own time.',
    refresh: reload,
    refreshing: scan !== undefined || phase === 'waiting',
    progress: scanShare(scan),
    progressNote: scan && scanWords(scan),
    cancel: scan && cancelScan,
  });
  function reload(): void {
    void load();
  }
  const actions = useEndpointCommands({ query, setQuery, list, table });

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">TLS endpoints</h1>
      {list.all.length > 0 && (
        <EndpointFilterBar query={query} onQuery={setQuery} list={list} actions={actions} />
      )}
      <ScanBar />
      {error && list.all.length > 0 && (
        <div className="border-b px-3 py-2">
          <ErrorPanel compact error={error} onRetry={() => void load()} />
        </div>
      )}
      {scanError && (
        <div className="border-b px-3 py-2">
          <ErrorPanel compact error={scanError} onRetry={() => void startScan()} />
        </div>
      )}
      {list.views.length === 0 ? (
        <EmptyEndpoints
          waiting={phase === 'waiting'}
          error={error}
          filtered={list.all.length > 0}
          onClear={actions.clear}
        />
      ) : (
        <>
          <EndpointTable
            ref={table}
            views={list.views}
            sort={query.sort}
            onSort={setSort}
            selection={tls.selection}
            onOpen={open}
            onCopy={copyPlaces}
            rowHeight={rowHeights[density]}
            timeZone={timeZone}
          />
          <ActiveNote views={list.views} />
        </>
      )}
    </div>
  );
}

/** Pixels; as in the table of keys. */
const rowHeights = { compact: 28, comfortable: 34 } as const;

function placeOf(query: EndpointQuery): string {
  const text = formatQuery(query);
  return text ? `/tls?${text}` : '/tls';
}

function newestScan(views: readonly EndpointView[]): string | undefined {
  return views
    .flatMap(({ lastAt }) => lastAt ?? [])
    .sort()
    .at(-1);
}
