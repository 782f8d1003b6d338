import {
  FileLock,
  FlaskConical,
  History,
  KeyRound,
  LifeBuoy,
  ListChecks,
  ScrollText,
  Settings,
  ShieldCheck,
  Users,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { AccountsScreen } from '../accounts';
import { DrillsScreen, DueCount } from '../drills';
import { EnvelopesScreen } from '../envelope';
import { EventsScreen, OpenAlerts } from '../events';
import { JournalScreen } from '../journal';
import { KeysScreen } from '../keys';
import { PracticeScreen } from '../practice';
import { ReadinessScreen } from '../readiness';
import { SettingsScreen } from '../settings';
import { TlsScreen } from '../tls';
import { navigate } from './location';
import type { Places } from './places';

/** One entry of the navigation and what it shows. */
export interface FeatureEntry {
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
  /** Shortcut to go there. */
  readonly keys: string;
  readonly Screen: ComponentType;
  /** Stands beside the title, such as a number that wants to be seen. */
  readonly Note?: ComponentType;
  /** It always opens on its first view: the answer that one comes for, whatever was looked at last. */
  readonly opensFirst?: true;
  /** There only with the practice account, and in its colours. */
  readonly practice?: true;
}

/** The features of the window in the order of the navigation; the first is where it opens. */
export const features: readonly [FeatureEntry, ...FeatureEntry[]] = [
  {
    path: '/readiness',
    title: 'Readiness',
    icon: ListChecks,
    keys: 'g r',
    Screen: ReadinessScreen,
    opensFirst: true,
  },
  { path: '/keys', title: 'Keys', icon: KeyRound, keys: 'g k', Screen: KeysScreen },
  { path: '/tls', title: 'TLS', icon: ShieldCheck, keys: 'g t', Screen: TlsScreen },
  {
    path: '/events',
    title: 'Events',
    icon: History,
    keys: 'g e',
    Screen: EventsScreen,
    Note: OpenAlerts,
  },
  { path: '/envelopes', title: 'Envelopes', icon: FileLock, keys: 'g n', Screen: EnvelopesScreen },
  {
    path: '/drills',
    title: 'Drills',
    icon: LifeBuoy,
    keys: 'g d',
    Screen: DrillsScreen,
    Note: DueCount,
  },
  { path: '/journal', title: 'Journal', icon: ScrollText, keys: 'g j', Screen: JournalScreen },
  { path: '/accounts', title: 'Accounts', icon: Users, keys: 'g a', Screen: AccountsScreen },
  {
    path: '/practice',
    title: 'Practice',
    icon: FlaskConical,
    keys: 'g p',
    Screen: PracticeScreen,
    practice: true,
  },
  { path: '/settings', title: 'Settings', icon: Settings, keys: 'g s', Screen: SettingsScreen },
];

/** Goes to a feature: to where the operator was in it last, or to its first view. */
export function openFeature({ path, opensFirst }: FeatureEntry, places: Places): void {
  navigate(opensFirst ? places.lastFirstView(path) : places.last(path));
}
