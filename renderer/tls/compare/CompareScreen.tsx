import { ArrowLeft, ArrowLeftRight, GitCompareArrows } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useApp, useClient, useCommands, useScreen } from '../../app';
import { navigate, usePlace } from '../../app/location';
import {
  Button,
  EmptyState,
  ErrorPanel,
  IconButton,
  Loading,
  ScreenHeader,
  Segmented,
} from '../../ui';
import { comparePlace, scanNumber } from '../places';
import { DifferenceList } from '../report/DifferenceList';
import { ReportSection } from '../report/Section';
import { useScanResult } from '../report/useReport';
import { useAnswer } from '../../app/useAnswer';
import { useTls } from '../useTls';
import { CompareTable } from './CompareTable';
import { ScanPicker } from './ScanPicker';

/** Two scans side by side: of two endpoints, or of one at two times. */
export function CompareScreen() {
  const { tls } = useApp();
  const { search } = usePlace();
  const query = new URLSearchParams(search);
  const from = scanNumber(query.get('from'));
  const to = scanNumber(query.get('to'));
  const left = useScanResult(from);
  const right = useScanResult(to);
  const phase = useTls((state) => state.phase);
  const { load, listPlace } = tls.store.getState();
  const [only, setOnly] = useState<'differences' | 'all'>('differences');

  useEffect(() => {
    if (phase === 'waiting') void load();
  }, [phase, load]);
  useScreen({});
  const swap = () => navigate(comparePlace(to, from), { replace: true });
  const back = () => navigate(listPlace);
  useCommands([
    { id: 'tls.back', title: 'Back to the endpoints', group: 'TLS', icon: ArrowLeft, run: back },
    {
      id: 'tls.swap',
      title: 'Swap the two scans',
      group: 'TLS',
      keys: 'w',
      icon: ArrowLeftRight,
      run: swap,
    },
  ]);

  const error = left.error ?? right.error;
  return (
    <>
      <ScreenHeader title="Compare scans">
        <Segmented
          label="What is shown"
          value={only}
          segments={[
            { value: 'differences', label: 'Differences' },
            { value: 'all', label: 'Everything' },
          ]}
          onChange={setOnly}
        />
        <Button icon={ArrowLeft} onClick={back}>
          Endpoints
        </Button>
      </ScreenHeader>
      <div className="grid shrink-0 grid-cols-[minmax(0,1fr)_max-content_minmax(0,1fr)] items-end gap-3 border-b bg-canvas px-4 py-3">
        <ScanPicker
          side="First scan"
          scan={from}
          result={left.result}
          onPick={(scan) => navigate(comparePlace(scan, to), { replace: true })}
        />
        <IconButton icon={ArrowLeftRight} label="Swap" shortcut="w" onClick={swap} />
        <ScanPicker
          side="Second scan"
          scan={to}
          result={right.result}
          onPick={(scan) => navigate(comparePlace(from, scan), { replace: true })}
        />
      </div>
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        {error && (
          <div className="p-6">
            <ErrorPanel error={error} />
          </div>
        )}
        {from === undefined || to === undefined ? (
          <EmptyState icon={GitCompareArrows} title="Choose two scans">
            Of two endpoints, or of one endpoint at two times.
          </EmptyState>
        ) : left.result && right.result ? (
          <div className="max-w-300">
            <Changes from={from} to={to} />
            <CompareTable
              first={left.result}
              second={right.result}
              differencesOnly={only === 'differences'}
            />
          </div>
        ) : (
          !error && <Loading label="Reading the scans" rows={10} />
        )}
      </div>
    </>
  );
}

function Changes({ from, to }: { from: number; to: number }) {
  const client = useClient();
  const { value, error, retry } = useAnswer(
    (signal) => client.tls.compare({ from, to }, { signal }),
    `${from} ${to}`,
  );
  return (
    <ReportSection id="changes" title="From the first to the second">
      {error && <ErrorPanel compact error={error} onRetry={retry} />}
      {!value && !error && <Loading label="Comparing" rows={2} />}
      {value?.length === 0 && <p className="text-sm text-ink-2">Nothing differs that matters.</p>}
      {value && value.length > 0 && <DifferenceList differences={value} />}
    </ReportSection>
  );
}
