import { AppError } from '../../shared/model/errors';
import type { ReadinessSettings } from '../../shared/model/readiness/settings';
import { maxTrusted, trustedProblem, type Trusted } from '../../shared/model/readiness/trusted';
import type { Readiness } from './index';
import type { Board } from './board';

type SettingsHandlers = Pick<
  Readiness['handlers'],
  'settings' | 'setSettings' | 'trust' | 'stopTrusting'
>;

/** What an organisation sets of the checklist; a change judges anew what depends on it. */
export function settingsHandlers({
  board,
  operator,
  now,
  changed,
}: {
  readonly board: Board;
  readonly operator: string;
  readonly now: () => Date;
  /** Told after every change. */
  readonly changed: () => void;
}): SettingsHandlers {
  async function keepTrusted(trustedAccounts: Trusted[]): Promise<ReadinessSettings> {
    board.writeSettings({ ...board.settings(), trustedAccounts });
    await board.evaluate(['trustedAccounts']);
    changed();
    return board.settings();
  }

  return {
    settings: () => board.settings(),
    async setSettings(values) {
      board.writeSettings({ ...board.settings(), ...values });
      await board.evaluate(['maxRotationPeriodDays', 'expiryWarningDays']);
      changed();
      return board.settings();
    },
    trust({ id, why }) {
      const { trustedAccounts: before } = board.settings();
      const problem = trustedProblem(id, before);
      if (problem !== undefined) throw new AppError('conflict', problem);
      if (before.length >= maxTrusted) {
        throw new AppError(
          'limit-exceeded',
          `At most ${maxTrusted} can be trusted; remove others first.`,
        );
      }
      const since = now().toISOString();
      return keepTrusted([...before, { id, why, by: operator, since }]);
    },
    stopTrusting({ id }) {
      const { trustedAccounts: before } = board.settings();
      const left = before.filter((one) => one.id !== id);
      if (left.length === before.length)
        throw new AppError('not-found', `${id} is not among the trusted ones.`);
      return keepTrusted(left);
    },
  };
}
