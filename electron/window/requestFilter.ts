import type { Session } from 'electron';
import type { Log } from '../log/log';
import { isAppUrl } from './scheme';

/**
 * Cancels every request of a session but those of the app's own origin: the window has no network,
 * only main has. DevTools, which exist in unpackaged builds alone, load their own pages.
 */
export function forbidNetwork(
  session: { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> },
  { isPackaged, log }: { isPackaged: boolean; log: Log },
): void {
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const allowed = isAppUrl(url) || (!isPackaged && url.startsWith('devtools://'));
    // The address may carry what the page wanted to smuggle out: only its scheme is noted.
    if (!allowed) log('warn', `refused: request to ${url.slice(0, url.indexOf(':') + 1)}`);
    decide({ cancel: !allowed });
  });
}

/** Lets the page download nothing: files are written by main, where the operator said. */
export function forbidDownloads(session: Pick<Session, 'on'>, log: Log): void {
  session.on('will-download', (event) => {
    event.preventDefault();
    log('warn', 'refused: download');
  });
}
