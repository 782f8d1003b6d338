import { CloudDownload, DatabaseSearch, FileUp, FolderUp, History } from 'lucide-react';
import { useStore } from 'zustand';
import { useApp, useCommands } from '../app';
import type { MenuEntry } from '../ui';

/** Where events can be imported from, as a menu; the palette has the same. */
export function useEventSources({
  onBucket,
  onAthena,
}: {
  onBucket: () => void;
  onAthena: () => void;
}): readonly MenuEntry[] {
  const { events } = useApp();
  const importing = useStore(events, (state) => state.importing !== undefined);
  const { takeIn } = events.getState();
  const sources: readonly MenuEntry[] = [
    { heading: 'Import events from' },
    {
      label: 'Event history of the chosen accounts',
      icon: History,
      onSelect: () => void takeIn({ kind: 'lookup' }),
    },
    { label: 'A trail’s bucket', icon: CloudDownload, onSelect: () => onBucket() },
    {
      label: 'Athena over a trail’s bucket',
      icon: DatabaseSearch,
      onSelect: () => onAthena(),
    },
    {
      label: 'A folder of log files',
      icon: FolderUp,
      onSelect: () => void takeIn({ kind: 'folder' }),
    },
    { label: 'Log files', icon: FileUp, onSelect: () => void takeIn({ kind: 'files' }) },
  ];
  useCommands([
    {
      id: 'events.lookup',
      title: 'Ask the event history',
      group: 'Events',
      icon: History,
      enabled: !importing,
      run: () => void takeIn({ kind: 'lookup' }),
    },
    {
      id: 'events.folder',
      title: 'Import a folder of log files',
      group: 'Events',
      icon: FolderUp,
      enabled: !importing,
      run: () => void takeIn({ kind: 'folder' }),
    },
    {
      id: 'events.athena',
      title: 'Ask Athena for events',
      group: 'Events',
      keywords: 'import organisation bucket query sql cost',
      icon: DatabaseSearch,
      enabled: !importing,
      run: () => onAthena(),
    },
  ]);
  return sources;
}
