import {
  Clock3,
  Copy,
  Globe,
  Keyboard,
  RefreshCw,
  Rows3,
  ScanSearch,
  Search,
  ShieldCheck,
} from 'lucide-react';
import { hasPractice } from '../accounts/store';
import { eventViewCommands } from '../events';
import { practiceCommands } from '../practice';
import type { App } from './context';
import { copyFocused } from './copy';
import type { Command } from './commands';
import { features, openFeature } from './features';
import { navigate } from './location';
import { themes } from './TitleBar';

/** The commands that the window has on every screen. */
export function frameCommands(
  app: App,
  { openPalette, openShortcuts }: { openPalette: () => void; openShortcuts: () => void },
): Command[] {
  const { values, update } = app.settings.getState();
  const { refresh, refreshing } = app.screen.getState();
  return [
    ...features.map((feature) => ({
      id: `go.${feature.path}`,
      title: feature.title,
      group: 'Go to',
      keywords: 'open show',
      icon: feature.icon,
      keys: feature.keys,
      enabled: !feature.practice || hasPractice(app.accounts.getState()) === true,
      run: () => openFeature(feature, app.places),
    })),
    {
      id: 'view.refresh',
      title: 'Refresh',
      group: 'View',
      keywords: 'reload read again update',
      keys: 'r',
      icon: RefreshCw,
      enabled: Boolean(refresh) && !refreshing,
      run: () => app.screen.getState().refresh?.(),
    },
    {
      id: 'view.search',
      title: 'Search in this screen',
      group: 'View',
      keywords: 'find filter',
      keys: '/',
      icon: ScanSearch,
      run: focusSearch,
    },
    {
      id: 'view.copy',
      title: 'Copy the focused identifier',
      group: 'View',
      keywords: 'clipboard arn id',
      keys: 'c',
      icon: Copy,
      run: () => copyFocused(app),
    },
    {
      id: 'view.timeZone',
      title: values.timeZone === 'utc' ? 'Show local time' : 'Show UTC',
      group: 'View',
      keywords: 'time zone clock utc local',
      icon: Clock3,
      run: () => void update({ timeZone: values.timeZone === 'utc' ? 'local' : 'utc' }),
    },
    {
      id: 'view.density',
      title: values.density === 'compact' ? 'Comfortable rows' : 'Compact rows',
      group: 'View',
      keywords: 'density row height',
      icon: Rows3,
      run: () => void update({ density: values.density === 'compact' ? 'comfortable' : 'compact' }),
    },
    ...themes.map(({ value, label, icon }) => ({
      id: `view.theme.${value}`,
      title: `${label} theme`,
      group: 'View',
      keywords: 'theme colour appearance mode',
      icon,
      enabled: values.theme !== value,
      run: () => void update({ theme: value }),
    })),
    {
      id: 'accounts.choose',
      title: 'Choose accounts and Regions',
      group: 'Accounts',
      keywords: 'scope profile connection switch',
      icon: Globe,
      run: () => navigate('/accounts'),
    },
    {
      id: 'journal.verify',
      title: 'Verify the journal',
      group: 'Journal',
      keywords: 'hash chain integrity check',
      icon: ShieldCheck,
      run: () => {
        navigate('/journal');
        void app.journal.getState().verify();
      },
    },
    ...eventViewCommands(app),
    ...practiceCommands(app),
    {
      id: 'help.palette',
      title: 'Command palette',
      group: 'Help',
      keys: 'mod+k',
      icon: Search,
      run: openPalette,
    },
    {
      id: 'help.shortcuts',
      title: 'Keyboard shortcuts',
      group: 'Help',
      keywords: 'cheat sheet keys',
      keys: '?',
      icon: Keyboard,
      run: openShortcuts,
    },
  ];
}

function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('main input[role="searchbox"]');
  field?.focus();
  field?.select();
}
