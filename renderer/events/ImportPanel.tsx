import { useStore } from 'zustand';
import { notKeptText, type Coverage } from '../../shared/model/events/coverage';
import { useApp } from '../app';
import { Button, Progress } from '../ui';

/** How far the taking in is, and what came of the last one. */
export function ImportPanel({ onCoverage }: { onCoverage: () => void }) {
  const { events } = useApp();
  const importing = useStore(events, (state) => state.importing);
  const imported = useStore(events, (state) => state.imported);
  const coverage = useStore(events, (state) => state.coverage);
  const missing = importing ? [] : missingOf(coverage);
  return (
    <>
      {importing && (
        <div className="flex items-center gap-3 border-b bg-sunken px-4 py-2 text-xs text-ink-2">
          <div className="w-40 shrink-0">
            <Progress
              label="Importing events"
              value={importing.expected > 0 ? importing.done : null}
              max={importing.expected}
            />
          </div>
          <output className="min-w-0 flex-1 truncate">
            {importing.events.toLocaleString('en')} events, {importing.done} of{' '}
            {importing.expected || 'some'}
            {importing.perSecond !== undefined && ' requests'}
            {importing.remainingSeconds !== undefined &&
              `, at most ${minutes(importing.remainingSeconds)} left`}
            {importing.perSecond !== undefined &&
              ` at ${Number(importing.perSecond.toPrecision(2))} requests a second in each Region`}
            . {importing.what}
          </output>
          <Button variant="ghost" onClick={() => events.getState().cancel()}>
            Cancel
          </Button>
        </div>
      )}
      {imported && (
        <div className="flex items-start gap-3 border-b bg-sunken px-4 py-2 text-xs text-ink-2">
          <div className="min-w-0 flex-1">
            <p>
              {imported.added.toLocaleString('en')} new events
              {imported.duplicates > 0 &&
                `, ${imported.duplicates.toLocaleString('en')} were there already`}
              {imported.problems.length > 0 &&
                `; ${imported.problems.length} ${imported.problems.length === 1 ? 'thing' : 'things'} could not be read:`}
            </p>
            {imported.notKept && <p>{notKeptText(imported)}</p>}
            {imported.problems.slice(0, 5).map(({ what, message }) => (
              <p key={`${what} ${message}`} className="truncate text-stale" title={message}>
                {what}: {message}
              </p>
            ))}
          </div>
          <Button variant="ghost" onClick={() => events.setState({ imported: undefined })}>
            Close
          </Button>
        </div>
      )}
      {missing.length > 0 && (
        <div className="flex items-center gap-3 border-b bg-stale-soft px-4 py-1 text-xs text-stale">
          <span className="min-w-0 flex-1 truncate">Not all is covered: {missing.join('; ')}.</span>
          <Button variant="ghost" onClick={onCoverage}>
            What is covered
          </Button>
        </div>
      )}
    </>
  );
}

function minutes(seconds: number): string {
  return seconds < 60 ? 'a minute' : `${Math.ceil(seconds / 60)} min`;
}

/** What the stored events leave open, by Region, in few words. */
function missingOf(coverage: readonly Coverage[]): string[] {
  return coverage.flatMap(({ region, gaps, problem, unfinished }) => [
    ...(problem ? [`${region} could not be read`] : []),
    ...(unfinished ? [`the sweep of ${region} is not finished`] : []),
    ...(gaps.length > 0
      ? [`${region} has ${gaps.length === 1 ? 'a gap' : `${gaps.length} gaps`}`]
      : []),
  ]);
}
