import { useState } from 'react';
import { toErrorInfo } from '../../shared/model/errors';
import { useApp } from '../app';

/** Does one thing at a time; what fails is told in a toast. Gives whether it is under way. */
export function useDo(): {
  readonly busy: boolean;
  readonly attempt: (failed: string, work: () => Promise<void>) => void;
} {
  const { toaster } = useApp();
  const [busy, setBusy] = useState(false);
  async function run(failed: string, work: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      const { code, message } = toErrorInfo(error);
      if (code !== 'cancelled') toaster.add({ title: failed, description: message, type: 'error' });
    } finally {
      setBusy(false);
    }
  }
  return { busy, attempt: (failed, work) => void run(failed, work) };
}
