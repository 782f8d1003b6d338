import { fileURLToPath } from 'node:url';
import type { UtilityProcess } from 'electron';
import type { StartBeside } from '../beside';
import type { Log } from '../log/log';

/** What of Electron's utilityProcess is used. */
interface Forks {
  fork(
    module: string,
    args: string[],
    options: { serviceName: string; execArgv: string[] },
  ): Pick<UtilityProcess, 'postMessage' | 'pid'> & {
    on(event: 'message', listener: (message: unknown) => void): unknown;
    once(event: 'exit', listener: (code: number) => void): unknown;
  };
}

/**
 * Starts bundles of ours as processes of their own (Electron's utility processes): what they hold is
 * not in main's memory, and what breaks there breaks alone. Their last argument is the text.
 */
export function createForkProcess(utilityProcess: Forks, log: Log): StartBeside {
  return (bundle, text) => {
    const child = utilityProcess.fork(fileURLToPath(bundle), [text], {
      serviceName: 'Claviger events',
      // Answers leave short-lived garbage: a small nursery spares some dozens of megabytes.
      execArgv: ['--js-flags=--max-semi-space-size=4'],
    });
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
      post: (message) => child.postMessage(message),
      onMessage: (listen) => void child.on('message', listen),
      onEnd(listen) {
        child.once('exit', (code) => {
          if (code !== 0) log('error', `The process of the events has ended with code ${code}`);
          listen();
        });
      },
    };
  };
}
