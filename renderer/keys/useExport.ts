import { FileBraces, FileSpreadsheet } from 'lucide-react';
import { useState } from 'react';
import { toErrorInfo } from '../../shared/model/errors';
import { keyColumns } from '../../shared/model/keyColumns';
import type { KeyQuery } from '../../shared/model/keyQuery';
import { useApp } from '../app';
import type { MenuEntry } from '../ui';
import type { TableColumn } from './columns';

export interface KeyExport {
  readonly busy: boolean;
  readonly entries: readonly MenuEntry[];
  readonly run: (format: 'csv' | 'json') => void;
}

/** Writes what the query matches to a file that the operator picks in main's dialog, and says which. */
export function useExport(query: KeyQuery, columns: readonly TableColumn[]): KeyExport {
  const { client, toaster } = useApp();
  const [busy, setBusy] = useState(false);

  async function write(format: 'csv' | 'json'): Promise<void> {
    setBusy(true);
    try {
      const written = await client.keys.exportRows({ format, query, columns: exported(columns) });
      if (written) {
        toaster.add({
          title: `${written.rows.toLocaleString('en')} keys exported`,
          description: written.file,
        });
      }
    } catch (error) {
      toaster.add({
        title: 'Not exported',
        description: toErrorInfo(error).message,
        type: 'error',
      });
    } finally {
      setBusy(false);
    }
  }

  const run = (format: 'csv' | 'json') => void write(format);
  return {
    busy,
    run,
    entries: [
      { heading: 'The keys shown, with the columns shown' },
      { label: 'CSV', icon: FileSpreadsheet, onSelect: () => run('csv') },
      { label: 'JSON', icon: FileBraces, onSelect: () => run('json') },
    ],
  };
}

/** The columns in sight, and those that only files have. */
function exported(columns: readonly TableColumn[]): string[] {
  const files = keyColumns.filter(({ exportOnly }) => exportOnly);
  return [...columns, ...files].map(({ id }) => id);
}
