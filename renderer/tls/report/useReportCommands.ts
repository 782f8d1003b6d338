import {
  ArrowLeft,
  Copy,
  GitCompareArrows,
  Pencil,
  Printer,
  Radar,
  ScrollText,
  Square,
  Trash2,
} from 'lucide-react';
import type { EndpointRow } from '../../../shared/model/tls/fleet';
import type { ScanResult } from '../../../shared/model/tls/result';
import { useApp, useCommands, type Command } from '../../app';
import { navigate } from '../../app/location';
import { useUi, type MenuEntry } from '../../ui';
import { neighbourOf } from '../list/neighbour';
import { comparePlace, reportPlace } from '../places';
import { usePrint } from '../../app/usePrint';
import { useTls } from '../useTls';
import { exportCommands, useTlsExport, type TlsExport } from '../useTlsExport';
import { reportSections, showSection } from './sections';

/** What buttons, menus and keys of a report do. */
export interface ReportActions {
  readonly scanning: boolean;
  readonly printing: boolean;
  readonly exporting: TlsExport;
  readonly back: () => void;
  readonly scan: () => void;
  readonly print: () => void;
  readonly entries: readonly MenuEntry[];
}

/** Makes them, and gives them to palette, keyboard and cheat sheet. */
export function useReportCommands({
  id,
  row,
  scan,
  result,
  previous,
}: {
  id: string;
  row: EndpointRow | undefined;
  scan: number | undefined;
  result: ScanResult | undefined;
  /** The scan of this address before its last. */
  previous: number | undefined;
}): ReportActions {
  const { tls } = useApp();
  const { copy } = useUi();
  const { startScan, cancelScan, open } = tls.store.getState();
  const listPlace = useTls((state) => state.listPlace);
  const scanning = useTls((state) => state.scan !== undefined);
  const exporting = useTlsExport([id], 'The last scan of this endpoint');
  const { printing, print } = usePrint(
    `tls-${row?.endpoint.host ?? 'report'}-${result?.startedAt.slice(0, 10) ?? ''}.pdf`,
    `TLS report of ${row?.endpoint.host}:${row?.endpoint.port}, scanned ${result?.startedAt.slice(0, 16).replace('T', ' ')} UTC`,
  );

  const back = () => navigate(listPlace);
  const rescan = () => {
    // The address without a scan shows the newest when it has ended.
    navigate(reportPlace(id), { replace: true });
    void startScan([id]);
  };
  const compare = () => navigate(comparePlace(previous === scan ? undefined : previous, scan));
  const edit = () => open({ kind: 'endpoint', endpoint: row?.endpoint });
  const remove = () => open({ kind: 'remove', ids: [id] });
  const copyJson = () => copy(JSON.stringify(result, null, 2), 'Scan as JSON');

  const toNeighbour = (by: 1 | -1) => {
    const next = neighbourOf(id, by, tls.store.getState().rows, listPlace);
    if (next !== undefined) navigate(reportPlace(next), { replace: true });
  };

  const group = 'TLS report';
  useCommands([
    {
      id: 'tls.back',
      title: 'Back to the endpoints',
      group,
      keys: 'Escape',
      icon: ArrowLeft,
      local: true,
      run: back,
    },
    {
      id: 'tls.scan',
      title: 'Scan this endpoint again',
      group,
      keys: 's',
      icon: Radar,
      enabled: row !== undefined && !scanning,
      run: rescan,
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
      id: 'tls.print',
      title: 'Print this report as PDF',
      group,
      keywords: 'paper save file',
      keys: 'mod+p',
      icon: Printer,
      enabled: result !== undefined && !printing,
      run: print,
    },
    {
      id: 'tls.compare',
      title: 'Compare with another scan',
      group,
      keywords: 'diff difference side',
      keys: 'v',
      icon: GitCompareArrows,
      enabled: scan !== undefined,
      run: compare,
    },
    {
      id: 'tls.edit',
      title: 'Edit this endpoint',
      group,
      keys: 'e',
      icon: Pencil,
      enabled: row !== undefined,
      run: edit,
    },
    {
      id: 'tls.remove',
      title: 'Remove this endpoint',
      group,
      keywords: 'delete',
      icon: Trash2,
      enabled: row !== undefined,
      run: remove,
    },
    {
      id: 'tls.copyJson',
      title: 'Copy the scan as JSON',
      group,
      icon: Copy,
      enabled: result !== undefined,
      run: copyJson,
    },
    {
      id: 'tls.policy',
      title: 'Own policy for endpoints',
      group,
      keywords: 'yaml compliance rules file',
      icon: ScrollText,
      run: () => open({ kind: 'policy' }),
    },
    ...exportCommands(exporting, { what: 'the last scan', group, enabled: result !== undefined }),
    {
      id: 'tls.nextEndpoint',
      title: 'Report of the next endpoint',
      group,
      keys: ']',
      run: () => toNeighbour(1),
    },
    {
      id: 'tls.previousEndpoint',
      title: 'Report of the endpoint before',
      group,
      keys: '[',
      run: () => toNeighbour(-1),
    },
    {
      id: 'tls.nextPart',
      title: 'Next part of the report',
      group,
      keys: 'j',
      enabled: result !== undefined,
      run: () => step(1),
    },
    {
      id: 'tls.previousPart',
      title: 'Previous part of the report',
      group,
      keys: 'k',
      enabled: result !== undefined,
      run: () => step(-1),
    },
    ...reportSections.map(([section, name], index): Command => ({
      id: `tls.part.${section}`,
      title: `Go to: ${name}`,
      group: 'Parts of the report',
      ...(index < 9 && { keys: String(index + 1) }),
      enabled: result !== undefined,
      run: () => showSection(section),
    })),
  ]);

  return {
    scanning,
    printing,
    exporting,
    back,
    scan: rescan,
    print,
    entries: [
      {
        label: 'Compare with another scan',
        icon: GitCompareArrows,
        shortcut: 'v',
        disabled: scan === undefined,
        onSelect: compare,
      },
      { label: 'Copy as JSON', icon: Copy, disabled: !result, onSelect: copyJson },
      { label: 'Edit', icon: Pencil, shortcut: 'e', onSelect: edit },
      'separator',
      { label: 'Remove', icon: Trash2, danger: true, onSelect: remove },
    ],
  };
}

/** Goes to the part after or before the one whose title has the focus or is in sight. */
function step(by: 1 | -1): void {
  const shown = reportSections.filter(([id]) => document.querySelector(`#report-${id}`));
  const held = document.activeElement?.closest('section[id^="report-"]')?.id.slice(7);
  const current = shown.findIndex(([id]) => id === held);
  const next = shown[Math.max(0, Math.min(shown.length - 1, current + by))];
  if (next) showSection(next[0]);
}
