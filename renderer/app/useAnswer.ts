import { useCallback, useEffect, useRef, useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';

/** What main answers to one question, asked when the component appears and when `key` changes. */
export function useAnswer<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  key: string | number = '',
): {
  readonly value: T | undefined;
  readonly error: ErrorInfo | undefined;
  readonly retry: () => void;
} {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ of: string; value?: T; error?: ErrorInfo }>();
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  const of = `${key} ${attempt}`;
  useEffect(() => {
    const abort = new AbortController();
    latest.current(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setAnswer({ of, value });
      },
      (thrown: unknown) => {
        if (!abort.signal.aborted) setAnswer({ of, error: toErrorInfo(thrown) });
      },
    );
    return () => abort.abort();
  }, [of]);
  const fits = answer?.of === of ? answer : undefined;
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { value: fits?.value, error: fits?.error, retry };
}
