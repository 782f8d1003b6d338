import { randomUUID } from 'node:crypto';
import type { AppEvent } from '../../shared/contract/app';
import { AppError } from '../../shared/model/errors';
import type { AwsOptions } from './types';

export interface MfaPrompts {
  readonly ask: AwsOptions['askMfa'];
  readonly answer: NonNullable<AwsOptions['answerMfa']>;
}

/**
 * Asks for MFA codes in the window: `ask` emits `mfa-needed` and waits for `answer` with the same
 * prompt id. Given null it rejects with `mfa-required`; aborted, with `cancelled`. Either way
 * `mfa-settled` tells every window to take its dialog away.
 */
export function createMfaPrompts(emit: (event: AppEvent) => void): MfaPrompts {
  const open = new Map<string, (code: string | null) => void>();

  return {
    ask({ connection, connectionName, serial }, signal) {
      const promptId = randomUUID();
      return new Promise<string>((resolve, reject) => {
        if (signal.aborted) return reject(new AppError('cancelled', 'Cancelled.'));
        const settle = (end: () => void) => {
          open.delete(promptId);
          signal.removeEventListener('abort', onAbort);
          emit({ kind: 'mfa-settled', promptId });
          end();
        };
        const onAbort = () => settle(() => reject(new AppError('cancelled', 'Cancelled.')));
        signal.addEventListener('abort', onAbort, { once: true });
        open.set(promptId, (code) =>
          settle(() => (code === null ? reject(givenUp(connectionName)) : resolve(code))),
        );
        emit({ kind: 'mfa-needed', promptId, connection, connectionName, serial });
      });
    },
    answer(promptId, code) {
      const settle = open.get(promptId);
      if (!settle) {
        throw new AppError('not-found', 'This MFA code is no longer asked for. Start again.');
      }
      settle(code);
    },
  };
}

function givenUp(connectionName: string): AppError {
  return new AppError(
    'mfa-required',
    `${connectionName} needs an MFA code and none was given. Try again with the device at hand.`,
  );
}
