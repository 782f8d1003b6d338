import { useStore } from 'zustand';
import { useApp } from '../app';
import { Button, Progress } from '../ui';

/** How far the taking in is, and what came of the last one. */
export function ImportPanel() {
  const { events } = useApp();
  const importing = useStore(events, (state) => state.importing);
  const imported = useStore(events, (state) => state.imported);
  const coverage = useStore(events, (state) => state.coverage);
  const gaps = coverage.flatMap(({ region, gaps: all }) => all.map((gap) => ({ region, ...gap })));
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
            {importing.remainingSeconds !== undefined &&
              `, about ${Math.ceil(importing.remainingSeconds / 60)} min left at this share of the quota`}
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
      {gaps.slice(0, 3).map(({ region, from, to, why }) => (
        <p
          key={`${region} ${from}`}
          className="border-b bg-stale-soft px-4 py-1 text-xs text-stale"
        >
          {region}, {from.slice(0, 16)} to {to.slice(0, 16)} UTC: {why}
        </p>
      ))}
    </>
  );
}
