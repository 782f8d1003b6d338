import type { accounts } from '../../shared/contract/accounts';
import type { FeatureHandlers } from '../../shared/contract/define';
import { AppError } from '../../shared/model/errors';
import type { OwnConnections } from './connections';
import { isRegionName } from './regions';
import type { Sessions } from './sessions';
import type { AwsOptions } from './types';

/** Answers the calls of `shared/contract/accounts.ts`. */
export function createAccountHandlers(
  options: AwsOptions,
  sessions: Sessions,
  connections: OwnConnections,
): FeatureHandlers<typeof accounts> {
  return {
    list: () => connections.all(),
    async identify({ connection }, { signal }) {
      // An operator asks anew: what failed a moment ago may be put right, as after `aws sso login`.
      await sessions.reload();
      (await sessions.get(connection)).retry();
      return connections.identify(connection, signal);
    },
    async regions({ connection }) {
      return { regions: [...(await connections.regions(connection))] };
    },
    async choose({ chosen }) {
      const known = new Map((await connections.all()).connections.map((each) => [each.id, each]));
      const ids = chosen.map(({ connection }) => connection);
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined) throw new AppError('bad-request', `${twice} is chosen twice.`);
      for (const { connection, regions } of chosen) {
        if (!known.has(connection)) {
          throw new AppError('not-found', `There is no connection ${connection}.`);
        }
        const wrong = regions.find((region) => !isOffered(connection, region));
        if (wrong !== undefined) {
          throw new AppError('bad-request', `${wrong} is not a Region of ${connection}.`);
        }
      }
      options.chosen.write(
        chosen.map(({ connection, regions }) => ({ connection, regions: [...new Set(regions)] })),
      );
    },
    answerMfa({ promptId, code }) {
      if (!options.answerMfa) {
        throw new AppError('not-found', 'This MFA code is no longer asked for. Start again.');
      }
      options.answerMfa(promptId, code);
    },
  };

  function isOffered(connection: string, region: string): boolean {
    if (connection !== 'practice') return isRegionName(region);
    return options.practice?.regions.includes(region) ?? false;
  }
}
