import { Download, FileBraces, FileSpreadsheet, ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import { toErrorInfo } from '../../shared/model/errors';
import { useApp, type Command } from '../app';
import type { MenuEntry } from '../ui';

export type TlsExportFormat = 'json' | 'csv' | 'sarif';

export interface TlsExport {
  readonly busy: boolean;
  readonly entries: readonly MenuEntry[];
  readonly run: (format: TlsExportFormat) => void;
}

/** Writes the last scans of endpoints to a file that the operator picks; `what` says whose: `The endpoints shown`. */
export function useTlsExport(ids: readonly string[], what: string): TlsExport {
  const { client, toaster } = useApp();
  const [busy, setBusy] = useState(false);

  async function write(format: TlsExportFormat): Promise<void> {
    setBusy(true);
    try {
      const written = await client.tls.exportResults({ format, ids: [...ids] });
      if (written) {
        toaster.add({
          title: written.results === 1 ? '1 scan exported' : `${written.results} scans exported`,
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

  const run = (format: TlsExportFormat) => void write(format);
  return {
    busy,
    run,
    entries: [
      { heading: what },
      { label: 'JSON', icon: FileBraces, onSelect: () => run('json') },
      { label: 'CSV', icon: FileSpreadsheet, onSelect: () => run('csv') },
      { label: 'SARIF 2.1', icon: ShieldAlert, onSelect: () => run('sarif') },
    ],
  };
}

/** The exports as commands: `Export the last scans as CSV`. */
export function exportCommands(
  { run }: TlsExport,
  { what, group, enabled }: { what: string; group: string; enabled: boolean },
): Command[] {
  return (['json', 'csv', 'sarif'] as const).map((format) => ({
    id: `tls.export.${format}`,
    title: `Export ${what} as ${format.toUpperCase()}`,
    group,
    keywords: 'download save file',
    icon: Download,
    enabled,
    run: () => run(format),
  }));
}
