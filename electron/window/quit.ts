import type { App } from 'electron';
import { toErrorInfo } from '../../shared/model/errors';
import type { Log } from '../log/log';
import type { Ask } from './failures';

/** Longest that closing may take, in milliseconds: a peer that hangs must not keep the program alive. */
const longestClose = 5000;

/**
 * Ends the program in order: what is open is closed before the process goes. If it could never be
 * opened, the operator is told why, and the program ends.
 */
export function quitAfter(
  app: Pick<App, 'on' | 'exit'>,
  opening: Promise<{ close(): Promise<void> }>,
  ask: Ask,
  log: Log,
): void {
  opening.catch(async (error: unknown) => {
    log('error', 'services not opened', error);
    await ask({
      type: 'error',
      title: 'Claviger',
      message: 'Claviger could not be started.',
      detail: toErrorInfo(error).message,
      buttons: ['Quit'],
    }).finally(() => app.exit(1));
  });

  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    const done = opening
      .then((opened) => opened.close())
      .catch((error) => log('error', 'closing', error));
    const late = new Promise<void>((resolve) => setTimeout(resolve, longestClose));
    void Promise.race([done, late]).then(() => app.exit());
  });
}
