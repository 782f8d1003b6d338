import { SearchX, ShieldQuestionMark } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useApp, useScreen } from '../../app';
import { navigate, usePlace } from '../../app/location';
import { Button, EmptyState, ErrorPanel, inPopup, Loading, Time } from '../../ui';
import { reportPlace, scanNumber } from '../places';
import { ScanBar } from '../ScanBar';
import { scanShare, scanWords } from '../scanWords';
import { useTls } from '../useTls';
import { AddressTabs } from './AddressTabs';
import { Report } from './Report';
import { ReportHeader } from './ReportHeader';
import { SectionIndex } from './SectionIndex';
import { useHistory, useScanResult } from './useReport';
import { useReportCommands } from './useReportCommands';

/** The report of one endpoint: of its last scan, or of the stored one that the address names. */
export function ReportScreen({ id }: { id: string }) {
  const { tls } = useApp();
  const { search } = usePlace();
  const phase = useTls((state) => state.phase);
  const row = useTls((state) => state.rows.get(id));
  const listError = useTls((state) => state.error);
  const scanning = useTls((state) => state.scan);
  const scanError = useTls((state) => state.scanError);
  const { load, startScan, cancelScan, listPlace } = tls.store.getState();
  const scroller = useRef<HTMLDivElement>(null);

  const newest = row?.last.reduce((most, { scan }) => Math.max(most, scan), 0);
  const scan = scanNumber(new URLSearchParams(search).get('scan')) ?? row?.last[0]?.scan;
  const { result, error } = useScanResult(scan);
  const { history, error: historyError, retry } = useHistory(id, newest);
  const entry = history?.find((one) => one.scan === scan);
  const ofAddress = history?.filter(({ address }) => address === result?.endpoint.address);
  const latest = ofAddress?.[0];

  useEffect(() => {
    if (phase === 'waiting') void load();
  }, [phase, load]);
  useEffect(() => {
    if (scan !== undefined) scroller.current?.scrollTo({ top: 0 });
  }, [scan]);
  // Back in the list the keyboard stands on what was read here.
  useEffect(() => tls.selection.setState({ active: id, anchor: id }), [tls, id]);
  useEscape(() => navigate(listPlace));
  useScreen({
    asOf: result?.startedAt,
    asOfNote: 'When this scan began.',
    refreshing: scanning !== undefined,
    progress: scanShare(scanning),
    progressNote: scanning && scanWords(scanning),
    cancel: scanning && cancelScan,
  });
  const actions = useReportCommands({ id, row, scan, result, previous: ofAddress?.[1]?.scan });

  if (!row) {
    if (phase === 'waiting') return <Loading label="Reading the endpoint" rows={12} />;
    return listError ? (
      <div className="mx-auto w-full max-w-160 p-6">
        <ErrorPanel error={listError} onRetry={() => void load()} />
      </div>
    ) : (
      <EmptyState
        icon={SearchX}
        title="This endpoint is not in the list"
        actions={<Button onClick={() => navigate(listPlace)}>Back to the endpoints</Button>}
      >
        It may have been removed.
      </EmptyState>
    );
  }
  return (
    <div className="tls-report flex min-h-0 flex-1 flex-col">
      <ReportHeader row={row} result={result} actions={actions} />
      <ScanBar />
      {scanError && (
        <div className="border-b px-4 py-2">
          <ErrorPanel compact error={scanError} onRetry={() => void startScan([id])} />
        </div>
      )}
      {row.last.length > 1 && <AddressTabs row={row} result={result} />}
      {result && latest && latest.scan !== scan && (
        <output className="flex min-h-8 shrink-0 items-center gap-3 border-b bg-stale-soft px-4 text-xs text-stale print:hidden">
          <span className="flex-1">
            An earlier scan, of <Time iso={result.startedAt} />.
          </span>
          <Button
            variant="ghost"
            className="h-6"
            onClick={() => navigate(reportPlace(id, latest.scan))}
          >
            Show the latest
          </Button>
        </output>
      )}
      {scan === undefined ? (
        <EmptyState
          icon={ShieldQuestionMark}
          title="Not scanned yet"
          actions={
            <Button variant="primary" busy={scanning !== undefined} onClick={actions.scan}>
              Scan now
            </Button>
          }
        >
          Nothing is known of {row.endpoint.host}:{row.endpoint.port} before its first scan.
        </EmptyState>
      ) : (
        <div className="flex min-h-0 flex-1">
          <SectionIndex
            scroller={scroller}
            without={entry?.differences.length ? [] : ['changes']}
          />
          <div
            ref={scroller}
            className="tls-report-body relative min-h-0 min-w-0 flex-1 overflow-y-auto"
          >
            {error && (
              <div className="p-6">
                <ErrorPanel error={error} />
              </div>
            )}
            {!result && !error && <Loading label="Reading the scan" rows={12} />}
            {result && (
              <Report
                key={scan}
                id={id}
                scan={scan}
                result={result}
                entry={entry}
                history={{ entries: ofAddress, error: historyError, retry }}
              />
            )}
          </div>
        </div>
      )}
    </div>
  );
}

/** Esc leads back to the list, unless a popup has it. */
function useEscape(leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || inPopup(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
