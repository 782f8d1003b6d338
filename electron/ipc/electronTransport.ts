import type { Reply } from '../../shared/contract/wire';
import type { Log } from '../log/log';
import type { Dispatcher, Session } from './dispatcher';

/** The one channel between a page and main, both ways; the preload knows it too. */
export const channel = 'claviger';

/** A frame of a page. */
export interface Frame {
  readonly url: string;
}

/** What of Electron's WebContents the transport uses; it needs no Electron to be tested. */
export interface PageContents {
  readonly mainFrame: Frame;
  readonly ipc: {
    on(
      channel: string,
      listener: (
        event: { readonly senderFrame: Frame | null },
        message: unknown,
        files?: unknown,
      ) => void,
    ): unknown;
  };
  on(event: 'did-navigate' | 'render-process-gone' | 'destroyed', listener: () => void): unknown;
  isDestroyed(): boolean;
  send(channel: string, message: Reply): void;
}

export interface TransportOptions {
  readonly dispatcher: Dispatcher;
  /** Whether a frame's URL is the app's own. */
  readonly isAppUrl: (url: string) => boolean;
  readonly log: Log;
}

/**
 * Connects one window's page to the dispatcher. Only the main frame of this WebContents is heard, and
 * only while it shows the app. Each loaded page has its own session: when it is left, reloaded, crashes
 * or is closed, what it had asked for is cancelled, and no reply reaches its successor.
 */
export function connectPage(contents: PageContents, options: TransportOptions): void {
  const { dispatcher, isAppUrl, log } = options;
  let session: Session | undefined;

  function open(): Session {
    const mine: Session = dispatcher.open((reply) => {
      if (session === mine && !contents.isDestroyed()) contents.send(channel, reply);
    });
    return mine;
  }

  function close(): void {
    session?.close();
    session = undefined;
  }

  contents.ipc.on(channel, ({ senderFrame }, message, files) => {
    // A frame that has gone meanwhile is null; a subframe is never ours, whatever it shows.
    if (!senderFrame || senderFrame !== contents.mainFrame || !isAppUrl(senderFrame.url)) {
      log('warn', 'refused: message from a foreign frame');
      return;
    }
    session ??= open();
    session.handle(message, pathsOf(files));
  });
  contents.on('did-navigate', close);
  contents.on('render-process-gone', close);
  contents.on('destroyed', close);
}

/** Paths as the preload names them; anything else is none. */
function pathsOf(files: unknown): string[] {
  return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
}
