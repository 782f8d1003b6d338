import { ListChecks } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { pitfalls } from '../../../shared/model/readiness/pitfalls';
import { pitfallState } from '../../../shared/model/readiness/pitfalls/pitfallState';
import { useApp, useScreen } from '../../app';
import { usePlace } from '../../app/location';
import { Button, ErrorPanel, Loading, ScreenHeader } from '../../ui';
import { ExportMenu } from '../ExportMenu';
import { ReadinessViews } from '../ReadinessViews';
import { RunBar, runShare } from '../RunBar';
import { oldestAnswer, scopeWords } from '../scope';
import { PitfallDetail } from './PitfallDetail';
import { PitfallList } from './PitfallList';

/** The seven pitfalls of the guide: whether one stands in them, and what to do. */
export function PitfallsView() {
  const { readiness } = useApp();
  const { state, progress, error, load, run, cancel } = useStore(readiness);
  useEffect(() => void load(), [load]);
  useScreen({
    asOf: oldestAnswer(state),
    asOfNote: 'The oldest answer that a verdict rests on. Each check has its own time.',
    refresh: () => void run(),
    refreshing: progress !== undefined || state?.running === true,
    progress: runShare(progress),
    progressNote: progress && `Reading ${progress.what}`,
    cancel,
  });
  const [, , , named] = usePlace().path.split('/');
  const states = state && pitfalls.map((pitfall) => pitfallState(pitfall, state.checks));
  const shown = states?.find(({ pitfall }) => pitfall.id === named) ?? states?.[0];
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <ScreenHeader title="Readiness" views={<ReadinessViews />} note={scopeWords(state)}>
        <ExportMenu framework={undefined} disabled={state?.evaluatedAt === undefined} />
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
      {!state && !error && <Loading label="Reading the pitfalls" rows={7} />}
      {states && shown && (
        <div className="flex min-h-0 flex-1">
          <PitfallList states={states} shown={shown.pitfall.id} />
          <PitfallDetail key={shown.pitfall.id} state={shown} />
        </div>
      )}
    </div>
  );
}
