import { toErrorInfo } from '../../shared/model/errors';
import type { EventQuery } from '../../shared/model/events/query';
import { useApp } from '../app';

/** Writes the events that a query matches to a file, and says so. */
export function useEventExport(query: EventQuery): (format: 'csv' | 'json') => Promise<void> {
  const { client, toaster } = useApp();
  return async (format) => {
    try {
      const written = await client.events.exportEvents({ query, format });
      if (!written) return;
      const title = `${written.events.toLocaleString('en')} events exported`;
      toaster.add({ title, description: written.file });
    } catch (failure) {
      const description = toErrorInfo(failure).message;
      toaster.add({ title: 'Not exported', description, type: 'error' });
    }
  };
}
