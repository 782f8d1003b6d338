import { useEffect, useState } from 'react';
import { secondsBetween } from '../../../shared/model/drills/outcome';
import { duration } from '../words';
import type { DrillView } from './RunScreen';

/** How long the drill has taken, beside its recovery time objective. It runs on through pauses. */
export function Clock({ view: { drill, outcome } }: { view: DrillView }) {
  const running = drill.state !== 'closed';
  const [now, setNow] = useState(() => Date.now());
  // The account's clock may be another than this machine's: only the time since it was shown is added.
  const [shownAt] = useState(() => Date.now());
  useEffect(() => {
    const timer = running ? setInterval(() => setNow(Date.now()), 1000) : undefined;
    return () => clearInterval(timer);
  }, [running]);
  const lastEntry = lastTime(drill);
  const seconds = running
    ? secondsBetween(drill.startedAt, lastEntry) + (now - shownAt) / 1000
    : outcome.totalSeconds;
  const limit = drill.plan.rtoMinutes * 60;
  return (
    <span
      role="timer"
      className={seconds > limit ? 'text-sm text-fail tabular-nums' : 'text-sm tabular-nums'}
    >
      {duration(Math.floor(seconds))}{' '}
      <span className="text-ink-3">of {drill.plan.rtoMinutes} min</span>
    </span>
  );
}

function lastTime({ startedAt, steps }: DrillView['drill']): string {
  return steps
    .flatMap(({ attempts }) => attempts.flatMap((one) => [one.startedAt, one.endedAt ?? '']))
    .reduce((latest, time) => (time > latest ? time : latest), startedAt);
}
