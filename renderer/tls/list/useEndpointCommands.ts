import {
  CalendarClock,
  CloudDownload,
  FileUp,
  FlaskConical,
  FunnelX,
  GitCompareArrows,
  ListStart,
  Pencil,
  Plus,
  Radar,
  ScrollText,
  Square,
  Trash2,
} from 'lucide-react';
import type { RefObject } from 'react';
import { useStore } from 'zustand';
import { useApp, useCommands, useHasPractice, type Command } from '../../app';
import { navigate } from '../../app/location';
import type { MenuEntry } from '../../ui';
import { comparePlace } from '../places';
import { useAddPractice } from '../useAddPractice';
import { exportCommands, useTlsExport, type TlsExport } from '../useTlsExport';
import type { EndpointView } from './lens';
import { tableKeys } from './tableKeys';
import { isFiltering, type EndpointList, type EndpointQuery } from './query';

/** What buttons, menus and keys of the list do. */
export interface EndpointActions {
  readonly scanning: boolean;
  /** `Scan all`, `Scan 3 chosen`: what `scan` does now. */
  readonly scanLabel: string;
  readonly scan: () => void;
  readonly clear: () => void;
  readonly exporting: TlsExport;
  readonly addEntries: readonly MenuEntry[];
  readonly settingsEntries: readonly MenuEntry[];
}

/** Makes them, and gives them to palette, keyboard and cheat sheet. */
export function useEndpointCommands({
  query,
  setQuery,
  list,
  table,
}: {
  query: EndpointQuery;
  setQuery: (query: EndpointQuery) => void;
  list: EndpointList & { readonly all: readonly EndpointView[] };
  table: RefObject<HTMLElement | null>;
}): EndpointActions {
  const { tls } = useApp();
  const { startScan, cancelScan, open } = tls.store.getState();
  const scanning = useStore(tls.store, ({ scan }) => scan !== undefined);
  const { selected, active } = useStore(tls.selection);
  const addPractice = useAddPractice();
  const hasPractice = useHasPractice() === true;

  const chosen = list.views.filter(({ id }) => selected.has(id));
  const current = list.views.find(({ id }) => id === active);
  const filtering = isFiltering(query);
  const exporting = useTlsExport(
    (chosen.length > 0 ? chosen : list.views).map(({ id }) => id),
    chosen.length > 0 ? 'The last scans of the endpoints chosen' : 'The last scans shown',
  );

  const ids = (views: readonly EndpointView[]) => views.map(({ id }) => id);
  const target = chosen.length > 0 ? chosen : current ? [current] : [];
  const clear = () => setQuery({ ...query, search: '', filters: {} });
  const scan = () => {
    if (chosen.length > 0) void startScan(ids(chosen));
    else void startScan(filtering ? ids(list.views) : undefined);
  };
  const compare = () => {
    const [a, b] = chosen;
    navigate(
      comparePlace(a?.row.last[0]?.scan ?? current?.row.last[0]?.scan, b?.row.last[0]?.scan),
    );
  };
  const edit = () => {
    if (current) open({ kind: 'endpoint', endpoint: current.row.endpoint });
  };
  const remove = () => open({ kind: 'remove', ids: ids(target) });
  const add = () => open({ kind: 'endpoint', endpoint: undefined });

  const group = 'TLS';
  useCommands([
    { id: 'tls.add', title: 'Add an endpoint', group, keys: 'a', icon: Plus, run: add },
    {
      id: 'tls.import',
      title: 'Paste or open a list of endpoints',
      group,
      keywords: 'import csv file',
      keys: 'i',
      icon: FileUp,
      run: () => open({ kind: 'import' }),
    },
    {
      id: 'tls.discover',
      title: 'Find endpoints in the account',
      group,
      keywords: 'discover load balancer cloudfront api gateway',
      icon: CloudDownload,
      run: () => open({ kind: 'discover' }),
    },
    {
      id: 'tls.practice',
      title: 'Add the practice endpoints',
      group,
      icon: FlaskConical,
      enabled: hasPractice,
      run: () => void addPractice(),
    },
    {
      id: 'tls.scan',
      title: chosen.length > 0 ? 'Scan the endpoints chosen' : 'Scan this endpoint',
      group,
      keywords: 'test check run',
      keys: 's',
      icon: Radar,
      enabled: target.length > 0 && !scanning,
      run: () => void startScan(ids(target)),
    },
    {
      id: 'tls.scanAll',
      title: 'Scan all endpoints',
      group,
      keys: 'shift+s',
      icon: Radar,
      enabled: list.all.length > 0 && !scanning,
      run: () => void startScan(),
    },
    {
      id: 'tls.stop',
      title: 'Stop the scan',
      group,
      keywords: 'cancel abort',
      icon: Square,
      enabled: scanning,
      run: cancelScan,
    },
    {
      id: 'tls.compare',
      title: 'Compare two scans',
      group,
      keywords: 'diff difference side',
      keys: 'v',
      icon: GitCompareArrows,
      enabled: list.all.length > 0,
      run: compare,
    },
    {
      id: 'tls.edit',
      title: 'Edit this endpoint',
      group,
      keys: 'e',
      icon: Pencil,
      enabled: current !== undefined,
      run: edit,
    },
    {
      id: 'tls.remove',
      title: chosen.length > 0 ? 'Remove the endpoints chosen' : 'Remove this endpoint',
      group,
      keywords: 'delete',
      keys: 'Delete',
      icon: Trash2,
      enabled: target.length > 0,
      run: remove,
    },
    {
      id: 'tls.schedule',
      title: 'Schedule of scans, and how politely',
      group,
      keywords: 'weekly daily concurrency pause revocation',
      icon: CalendarClock,
      run: () => open({ kind: 'schedule' }),
    },
    {
      id: 'tls.policy',
      title: 'Own policy for endpoints',
      group,
      keywords: 'yaml compliance rules file',
      icon: ScrollText,
      run: () => open({ kind: 'policy' }),
    },
    ...exportCommands(exporting, { what: 'the last scans', group, enabled: list.views.length > 0 }),
    {
      id: 'tls.clear',
      title: 'Clear search and filters',
      group,
      keys: 'shift+f',
      icon: FunnelX,
      enabled: filtering,
      run: clear,
    },
    {
      id: 'tls.table',
      title: 'Go to the table',
      group,
      keys: ['t', 'j', 'k'],
      icon: ListStart,
      run: () => table.current?.focus(),
    },
    ...tableKeys.map(([id, title, keys]): Command => ({
      id: `tls.${id}`,
      title,
      group,
      keys,
      local: true,
      run: () => table.current?.focus(),
    })),
  ]);

  return {
    scanning,
    scanLabel:
      chosen.length > 0
        ? `Scan ${chosen.length} chosen`
        : filtering
          ? `Scan ${list.views.length} shown`
          : 'Scan all',
    scan,
    clear,
    exporting,
    addEntries: [
      { label: 'One endpoint', icon: Plus, shortcut: 'a', onSelect: add },
      {
        label: 'Paste or open a list',
        icon: FileUp,
        shortcut: 'i',
        onSelect: () => open({ kind: 'import' }),
      },
      {
        label: 'Find in the account',
        icon: CloudDownload,
        onSelect: () => open({ kind: 'discover' }),
      },
      ...(hasPractice
        ? [
            {
              label: 'Practice endpoints',
              icon: FlaskConical,
              onSelect: () => void addPractice(),
            },
          ]
        : []),
    ],
    settingsEntries: [
      {
        label: 'Schedule and politeness',
        icon: CalendarClock,
        onSelect: () => open({ kind: 'schedule' }),
      },
      { label: 'Own policy', icon: ScrollText, onSelect: () => open({ kind: 'policy' }) },
    ],
  };
}
