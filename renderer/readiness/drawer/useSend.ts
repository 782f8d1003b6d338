import { useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';

/** Sends what a dialog holds, once; where that fails the dialog stays and says why. */
export function useSend(onDone: () => void): {
  readonly busy: boolean;
  readonly error: ErrorInfo | undefined;
  readonly send: (work: () => Promise<unknown>) => void;
} {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo>();
  async function run(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      onDone();
    } catch (failure) {
      setError(toErrorInfo(failure));
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, send: (work) => void run(work) };
}
