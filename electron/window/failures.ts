import type { App, BrowserWindow, Dialog, MessageBoxOptions, WebContents } from 'electron';
import type { Log } from '../log/log';

/** Asks the operator in a message box; gives the index of the button. */
export type Ask = (question: MessageBoxOptions) => Promise<number>;

/** What of a window is watched. */
export type WatchedWindow = Pick<BrowserWindow, 'on' | 'isDestroyed' | 'close'> & {
  readonly webContents: Pick<WebContents, 'on' | 'reload' | 'forcefullyCrashRenderer'>;
};

/**
 * Offers to reload the window when its page has crashed or does not answer. What main does goes on
 * meanwhile; nothing reloads by itself, so a page that crashes at every start does not spin.
 */
export function watchWindow(window: WatchedWindow, ask: Ask, log: Log): void {
  const contents = window.webContents;
  let asking = false;

  async function offerReload(message: string, other: 'Close' | 'Wait'): Promise<void> {
    if (asking || window.isDestroyed()) return;
    asking = true;
    const choice = await ask({
      type: 'warning',
      message,
      detail: 'Nothing that was recorded is lost. Reloading shows the last stored state.',
      buttons: ['Reload', other],
      defaultId: 0,
      cancelId: 1,
    });
    if (!window.isDestroyed()) {
      if (choice !== 0) {
        if (other === 'Close') window.close();
      } else {
        // A page in an endless loop can only be reloaded once its process is gone.
        if (other === 'Wait') contents.forcefullyCrashRenderer();
        contents.reload();
      }
    }
    asking = false;
  }

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || asking) return;
    log('error', `window process gone: ${reason} (exit code ${exitCode})`);
    void offerReload('The window has stopped working.', 'Close');
  });
  contents.on('preload-error', (_event, _path, error) => log('error', 'preload failed', error));
  window.on('unresponsive', () => {
    log('warn', 'window does not respond');
    void offerReload('The window does not respond.', 'Wait');
  });
  window.on('responsive', () => log('info', 'window responds again'));
}

/** Makes the function that asks: over the window if one is open, else free-standing. */
export function createAsk(
  dialog: Pick<Dialog, 'showMessageBox'>,
  window: () => BrowserWindow | undefined,
): Ask {
  return async (question) => {
    const parent = window();
    const { response } = await (parent
      ? dialog.showMessageBox(parent, question)
      : dialog.showMessageBox(question));
    return response;
  };
}

/**
 * Logs what nobody caught and says so honestly. After an uncaught exception the state of the program
 * is unknown, so it ends; after a rejected promise the operator decides.
 */
export function watchProcess(
  process: Pick<NodeJS.Process, 'on'>,
  app: Pick<App, 'exit' | 'on'>,
  ask: Ask,
  log: Log,
): void {
  let showing = false;

  async function report(thrown: unknown, ends: boolean): Promise<void> {
    log('error', ends ? 'uncaught exception' : 'unhandled rejection', thrown);
    if (showing) return;
    showing = true;
    const buttons = ends ? ['Quit'] : ['Continue', 'Quit'];
    const quit = buttons.length - 1;
    const response = await ask({
      type: 'error',
      title: 'Claviger',
      message: 'Claviger met an error that it did not expect.',
      detail: `${ends ? 'It has to quit. What was recorded is kept.' : 'What was under way may be incomplete.'} The log in the data folder has the details; please report it.`,
      buttons,
    }).catch(() => quit);
    showing = false;
    if (response === quit) app.exit(1);
  }

  process.on('uncaughtException', (thrown) => void report(thrown, true));
  process.on('unhandledRejection', (reason) => void report(reason, false));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') log('warn', `${type} process gone: ${reason} (${exitCode})`);
  });
}
