import { createContext, use, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ClavigerClient } from '../../shared/contract';
import type { Connection } from '../../shared/contract/accounts';
import type { Settings } from '../../shared/contract/settings';
import { chosenConnections, hasPractice, type AccountsStore } from '../accounts/store';
import type { DrillsStore } from '../drills/store';
import type { EnvelopeFeature } from '../envelope/feature';
import type { EventsStore } from '../events/store';
import type { WatchStore } from '../events/watch/store';
import type { UsageStore } from '../events/usage/store';
import type { JournalStore } from '../journal/store';
import type { KeysFeature } from '../keys/feature';
import type { PracticeStore } from '../practice/store';
import type { ReadinessStore } from '../readiness/store';
import type { SecretsStore } from '../readiness/pitfalls/secrets/store';
import type { SettingsStore } from '../settings/store';
import type { TlsFeature } from '../tls/feature';
import type { Toaster } from '../ui';
import type { CommandRegistry } from './commands';
import type { Places } from './places';
import type { ScreenStore } from './screen';
import type { Session, SessionStore } from './session';

/** Everything that screens share: the client of the contract and the stores of the frame. */
export interface App {
  readonly client: ClavigerClient;
  readonly settings: SettingsStore;
  readonly accounts: AccountsStore;
  readonly drills: DrillsStore;
  readonly envelope: EnvelopeFeature;
  readonly events: EventsStore;
  readonly watch: WatchStore;
  readonly usage: UsageStore;
  readonly journal: JournalStore;
  readonly keys: KeysFeature;
  readonly practice: PracticeStore;
  readonly readiness: ReadinessStore;
  readonly secrets: SecretsStore;
  readonly tls: TlsFeature;
  readonly session: SessionStore;
  readonly screen: ScreenStore;
  readonly commands: CommandRegistry;
  readonly places: Places;
  readonly toaster: Toaster;
}

const AppContext = createContext<App | undefined>(undefined);

/** Gives the screens what they share. */
export function AppProvider({ app, children }: { app: App; children: ReactNode }) {
  return <AppContext value={app}>{children}</AppContext>;
}

/** What the screens share: `const { client, accounts, toaster } = useApp()`. */
export function useApp(): App {
  const app = use(AppContext);
  if (!app) throw new Error('useApp outside of AppProvider');
  return app;
}

/** The client of the contract. */
export function useClient(): ClavigerClient {
  return useApp().client;
}

/** The settings as they stand, and the function that changes some of them. */
export function useSettings(): [Settings, (patch: Partial<Settings>) => Promise<void>] {
  const { settings } = useApp();
  const { values, update } = useStore(settings);
  return [values, update];
}

/** A part of the session: `useSession((session) => session.info)`. */
export function useSession<T>(select: (session: Session) => T): T {
  return useStore(useApp().session, select);
}

/** Whether the program runs with its practice account; undefined until that is known. */
export function useHasPractice(): boolean | undefined {
  return useStore(useApp().accounts, hasPractice);
}

/** What the window covers: the chosen connections, and whether they are the practice account. */
export function useScope(): {
  readonly chosen: readonly Connection[];
  /** All that is chosen is the practice account. */
  readonly practice: boolean;
  /** The practice account and real ones are chosen together. */
  readonly mixed: boolean;
} {
  const connections = useStore(useApp().accounts, (state) => state.connections);
  return useMemo(() => {
    const chosen = chosenConnections({ connections });
    const practices = chosen.filter(({ kind }) => kind === 'practice').length;
    return {
      chosen,
      practice: practices > 0 && practices === chosen.length,
      mixed: practices > 0 && practices < chosen.length,
    };
  }, [connections]);
}
