import { useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../shared/model/errors';
import { useApp } from '../app';

/** Does one thing at a time; what fails is told in a toast, and kept until the next attempt. */
export function useDo(): {
  readonly busy: boolean;
  readonly error: ErrorInfo | undefined;
  readonly attempt: (failed: string, work: () => Promise<void>) => void;
} {
  const { toaster } = useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo>();
  async function run(failed: string, work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      const info = toErrorInfo(failure);
      if (info.code === 'cancelled') return;
      setError(info);
      toaster.add({ title: failed, description: info.message, type: 'error' });
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, attempt: (failed, work) => void run(failed, work) };
}
