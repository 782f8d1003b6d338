import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../app';
import { Button, TextField } from '../ui';
import { Part } from './Part';
import { aheadWords, parseDate, steps } from './clockWords';

/** The account's clock: what it shows, and how to move it on. */
export function ClockPart() {
  const { practice, keys } = useApp();
  const { clockOffsetMs, status, busy, moveClock } = useStore(practice);
  const { outdated, progress, refresh } = useStore(keys.store);
  const nowMs = useSecond();
  const time = new Date(nowMs + clockOffsetMs).toISOString();

  return (
    <Part title="Clock">
      <p className="text-lg font-semibold tabular-nums" data-testid="practice-time">
        {status ? `${time.slice(0, 10)} ${time.slice(11, 19)} UTC` : '\u2026'}
      </p>
      <p className="text-xs text-ink-2">{aheadWords(clockOffsetMs)}</p>
      <div className="mt-3 grid grid-cols-4 gap-1.5">
        {steps.map(({ by, label, words }) => (
          <Button
            key={by}
            className="px-0 text-xs"
            aria-label={`Move the clock on by ${words}`}
            disabled={busy !== undefined}
            onClick={() => void moveClock({ by })}
          >
            {label}
          </Button>
        ))}
      </div>
      <ToDate />
      <p className="mt-1.5 text-xs text-ink-2">Forward only; a reset puts it back.</p>
      {outdated && (
        <div className="mt-3 flex items-center gap-2 text-xs text-practice">
          <span className="min-w-0 flex-1">The key list is from before.</span>
          <Button busy={progress !== undefined} onClick={() => void refresh()}>
            Refresh keys
          </Button>
        </div>
      )}
    </Part>
  );
}

function ToDate() {
  const { practice } = useApp();
  const { busy, clockOffsetMs, moveClock } = useStore(practice);
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();

  async function move(): Promise<void> {
    const parsed = parseDate(text, Date.now() + clockOffsetMs);
    setError('error' in parsed ? parsed.error : undefined);
    if ('to' in parsed && (await moveClock(parsed))) setText('');
  }

  return (
    <form
      className="mt-2 flex items-start gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void move();
      }}
    >
      <TextField
        label="Date to move the clock to"
        labelHidden
        className="min-w-0 flex-1"
        placeholder="2027-12-31 09:00"
        value={text}
        error={error}
        onChange={(value) => {
          setText(value);
          setError(undefined);
        }}
      />
      <Button type="submit" disabled={busy !== undefined || text.trim() === ''}>
        Move there
      </Button>
    </form>
  );
}

/** This machine's time, anew each second. */
function useSecond(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
