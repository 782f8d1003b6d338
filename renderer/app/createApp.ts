import type { ClavigerClient } from '../../shared/contract';
import { createAccountsStore } from '../accounts/store';
import { createDrillsStore } from '../drills/store';
import { createEnvelopeFeature } from '../envelope/feature';
import { createEventsStore } from '../events/store';
import { createWatchStore } from '../events/watch/store';
import { createUsageStore } from '../events/usage/store';
import { createJournalStore } from '../journal/store';
import { createKeysFeature } from '../keys/feature';
import { createPracticeStore } from '../practice/store';
import { createReadinessStore } from '../readiness/store';
import { createSecretsStore } from '../readiness/pitfalls/secrets/store';
import { createSettingsStore } from '../settings/store';
import { createTlsFeature } from '../tls/feature';
import { createToaster } from '../ui';
import { createCommandRegistry } from './commands';
import type { App } from './context';
import { createPlaces } from './places';
import { createScreenStore } from './screen';
import { createSessionStore } from './session';

/** Composes what the screens share. Nothing is asked of main yet. */
export function createApp(client: ClavigerClient): App {
  const toaster = createToaster();
  return {
    client,
    settings: createSettingsStore(client),
    accounts: createAccountsStore(client),
    drills: createDrillsStore(client),
    envelope: createEnvelopeFeature(client),
    events: createEventsStore(client),
    watch: createWatchStore(client),
    usage: createUsageStore(client),
    journal: createJournalStore(client),
    keys: createKeysFeature(client),
    practice: createPracticeStore({
      client,
      now: Date.now,
      notify: (note) => void toaster.add(note),
    }),
    readiness: createReadinessStore(client),
    secrets: createSecretsStore(client),
    tls: createTlsFeature(client, (note) => void toaster.add(note)),
    session: createSessionStore(client),
    screen: createScreenStore(),
    commands: createCommandRegistry(),
    places: createPlaces(),
    toaster,
  };
}
