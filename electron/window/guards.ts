import type { App, WebContents } from 'electron';
import type { Log } from '../log/log';

/** What of a WebContents the guards touch. */
export type GuardedContents = Pick<
  WebContents,
  'setWindowOpenHandler' | 'setWebRTCIPHandlingPolicy'
> & {
  on(event: string, listener: (event: Refusable) => void): unknown;
};
interface Refusable {
  preventDefault(): void;
}

/**
 * Puts every WebContents that ever comes into being under guard, before it loads anything: it cannot
 * go elsewhere, open a window, hold a webview, or speak UDP past the request filter.
 * The program's own `loadURL` and `reload` are not touched by these events.
 */
export function guardAllContents(app: Pick<App, 'on'>, log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    guard(contents, log);
  });
}

function guard(contents: GuardedContents, log: Log): void {
  for (const event of refusedEvents) {
    contents.on(event, (details) => {
      details.preventDefault();
      log('warn', `refused: ${event}`);
    });
  }
  contents.setWindowOpenHandler(() => {
    log('warn', 'refused: window.open');
    return { action: 'deny' };
  });
  // WebRTC is the one way out that is not a request: no UDP but through a proxy, and there is none.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

const refusedEvents = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
] as const;
