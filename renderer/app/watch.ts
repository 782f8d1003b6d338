import type { AppEvent } from '../../shared/contract/app';
import { toErrorInfo } from '../../shared/model/errors';
import type { App } from './context';
import { navigate } from './location';

/** Listens to what main tells the window unasked, until the signal aborts. */
export async function watchApp(app: App, signal: AbortSignal): Promise<void> {
  try {
    await app.client.app.watch(undefined, {
      signal,
      onProgress: (event) => handleEvent(app, event),
    });
  } catch (error) {
    const { code, message } = toErrorInfo(error);
    if (code !== 'cancelled') app.session.getState().addNotice(message);
  }
}

function handleEvent(
  { session, accounts, drills, journal, keys, readiness, tls }: App,
  event: AppEvent,
): void {
  switch (event.kind) {
    case 'mfa-needed':
      return session.getState().askMfa(event);
    case 'mfa-settled':
      return session.getState().settleMfa(event.promptId);
    case 'connections-changed':
      return void accounts.getState().load();
    case 'practice-changed':
      return keys.store.getState().practiceChanged(event.change, event.now);
    case 'journal-appended':
      // Only a journal that is on screen needs the new entry at once.
      if (journal.getState().total !== undefined) void journal.getState().loadNewest();
      return undefined;
    case 'tls-scanned':
      return tls.store.getState().scannedBySchedule();
    case 'readiness-changed':
      // Only a checklist that was shown is kept up to date.
      if (readiness.getState().state) void readiness.getState().load();
      return undefined;
    case 'drill-changed':
      return drills.getState().changed(event.drill);
    case 'reminders-changed':
      return void drills.getState().loadReminders();
    case 'canaries-made':
      return drills.getState().canariesMade();
    case 'notice':
      return session.getState().addNotice(event.message);
    case 'navigate':
      return navigate(event.hash);
    default:
      return event satisfies never;
  }
}
