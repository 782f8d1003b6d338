import { Download, FunnelX, ListStart } from 'lucide-react';
import type { RefObject } from 'react';
import { useCommands, type Command } from '../app';
import type { KeyExport } from './useExport';

/** What the key screen gives to palette, keyboard and cheat sheet. */
export function useKeyCommands({
  exporting,
  table,
  filtering,
  onClear,
}: {
  exporting: KeyExport;
  table: RefObject<HTMLElement | null>;
  filtering: boolean;
  onClear: () => void;
}): void {
  useCommands([
    {
      id: 'keys.exportCsv',
      title: 'Export the keys shown as CSV',
      group: 'Keys',
      keywords: 'download save file spreadsheet',
      icon: Download,
      run: () => exporting.run('csv'),
    },
    {
      id: 'keys.exportJson',
      title: 'Export the keys shown as JSON',
      group: 'Keys',
      keywords: 'download save file',
      icon: Download,
      run: () => exporting.run('json'),
    },
    {
      id: 'keys.clear',
      title: 'Clear search and filters',
      group: 'Keys',
      keywords: 'reset all',
      keys: 'shift+f',
      icon: FunnelX,
      enabled: filtering,
      run: onClear,
    },
    {
      id: 'keys.table',
      title: 'Go to the table',
      group: 'Keys',
      keywords: 'focus rows list',
      // Inside the table j and k move; from anywhere else on the screen they lead into it.
      keys: ['t', 'j', 'k'],
      icon: ListStart,
      run: () => table.current?.focus(),
    },
    ...tableKeys.map(([id, title, keys]): Command => ({
      id: `keys.${id}`,
      title,
      group: 'Keys',
      keys,
      local: true,
      run: () => table.current?.focus(),
    })),
  ]);
}

const tableKeys: readonly (readonly [string, string, readonly string[]])[] = [
  ['next', 'Next row', ['j', 'ArrowDown']],
  ['previous', 'Previous row', ['k', 'ArrowUp']],
  ['open', 'Open the key', ['Enter']],
  ['choose', 'Choose the row', ['x']],
  ['extend', 'Choose up to here', ['shift+x']],
  ['all', 'Choose all rows shown', ['mod+a']],
];
