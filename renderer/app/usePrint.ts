import { useState } from 'react';
import { toErrorInfo } from '../../shared/model/errors';
import { useApp } from './context';
import { titled } from './titled';

/** Prints what is shown to a PDF that the operator places in main's dialog, and says where it lies. */
export function usePrint(
  suggestedName: string,
  title: string,
): {
  readonly printing: boolean;
  readonly print: () => void;
} {
  const { client, toaster } = useApp();
  const [printing, setPrinting] = useState(false);

  async function write(): Promise<void> {
    setPrinting(true);
    try {
      const written = await titled(title, () => client.app.printPage({ suggestedName, title }));
      if (written) toaster.add({ title: 'Report printed', description: written.file });
    } catch (error) {
      toaster.add({
        title: 'Not printed',
        description: toErrorInfo(error).message,
        type: 'error',
      });
    } finally {
      setPrinting(false);
    }
  }

  return { printing, print: () => void write() };
}
