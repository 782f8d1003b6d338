import { setMaxListeners } from 'node:events';
import type { keys as keysContract } from '../../shared/contract/keys';
import type { CallContext, FeatureHandlers, ProgressOf } from '../../shared/contract/define';
import { settingsSchema } from '../../shared/contract/settings';
import type { KeyUsageReading } from '../../shared/model/keyUsage';
import type { KeyScope } from '../../shared/model/readiness/sources';
import { AppError } from '../../shared/model/errors';
import type { AwsGateway, Connections } from '../aws/types';
import type { Store } from '../store/types';
import { accountClock } from './accountClock';
import { csvOf, jsonOf } from './export';
import { chosenScopes, summaryOf } from './scopes';
import { openSnapshots, rowsPerPart, type KeyDrift } from './snapshots';
import { storedScopes } from './storedScopes';
import { openUsageStore } from './usage/usageStore';
import { readViews, type TagNames } from './views';

export { openKeyPast } from './past';
export type { KeyDrift } from './snapshots';

export interface KeysOptions {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly store: Store;
  readonly now: () => Date;
  /** Asks where to write and writes; null where nobody picked a file. */
  readonly saveFile: (file: {
    suggestedName: string;
    content: AsyncIterable<string> | Iterable<string>;
  }) => Promise<string | null>;
  /** The tags that an export shows as columns; those of the settings' defaults where absent. */
  readonly tagNames?: () => TagNames;
}

export interface Keys {
  readonly handlers: FeatureHandlers<typeof keysContract>;
  /**
   * Reads everything that is chosen, or joins a refresh that reads it already. Throws AppError as the
   * refresh does.
   */
  readWhole(
    context: Pick<CallContext<ProgressOf<(typeof keysContract)['refresh']>>, 'signal' | 'progress'>,
  ): Promise<void>;
  /** The stored inventory of the chosen scope, whole, with how well each Region of it is known. */
  stored(): Promise<readonly KeyScope[]>;
  /**
   * Asks when the customer's keys of the stored inventory were last used: those whose answer is older
   * than a day, for a minute at most. Throws AppError `cancelled`.
   */
  readUsage(context: {
    readonly signal: AbortSignal;
    readonly progress: (value: { done: number; expected: number }) => void;
  }): Promise<void>;
  /** What AWS said of the last use of keys of the chosen scope, as far as it was asked. */
  usage(): Promise<KeyUsageReading[]>;
  /** What changed on keys of the chosen scope from one inventory to the next, the newest first; at most 1,000. */
  readonly drift: () => Promise<KeyDrift[]>;
  /** Stops a refresh that runs and waits until what it had is stored: before the store is closed. */
  close(): Promise<void>;
}

/**
 * The key inventory: its snapshot, its refresh, one key in detail, its export. What talks to AWS is
 * loaded with the first refresh or detail, so that the snapshot is shown without waiting for the SDK.
 */
export function createKeys(options: KeysOptions): Keys {
  const { gateway, connections, store, now, saveFile } = options;
  const tagNames = options.tagNames ?? (() => settingsSchema.parse({}));
  const snapshots = openSnapshots(store);
  const usage = openUsageStore(store);
  const closing = new AbortController();
  let running: { signal: AbortSignal; ended: Promise<unknown>; whole: boolean } | undefined;

  /** One at a time: a second would spend the quotas twice. One that was given up may end first. */
  async function turn(): Promise<void> {
    for (let other = running; other; other = running) {
      if (!other.signal.aborted) throw busy();
      await other.ended.catch(() => {});
    }
  }

  const handlers: Keys['handlers'] = {
    async snapshot(_input, { signal, progress }) {
      const scopes = await chosenScopes(connections);
      for (const scope of scopes) {
        for (const rows of snapshots.parts(scope, rowsPerPart)) {
          if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
          progress({ kind: 'rows', rows });
          await new Promise(setImmediate);
        }
      }
      return summaryOf(scopes, snapshots);
    },

    async refresh({ only }, { signal: caller, progress }) {
      await turn();
      if (running) throw busy(); // two waited for the same end
      const signal = AbortSignal.any([caller, closing.signal]);
      setMaxListeners(0, signal); // every call under way listens to it
      const ended = chosenScopes(connections, only).then(async (scopes) => {
        const { refreshInventory } = await import('./inventory');
        return refreshInventory({ gateway, connections, snapshots, now }, scopes, {
          signal,
          progress,
        });
      });
      const mine = { signal, ended, whole: only === undefined };
      running = mine;
      try {
        return await ended;
      } finally {
        if (running === mine) running = undefined;
      }
    },

    async detail(ref, { signal }) {
      const { arnOf, readDetail } = await import('./detail');
      setMaxListeners(0, signal);
      const stored = snapshots.find(ref, ref.keyId)?.row;
      const accountId =
        stored?.accountId ?? (await connections.identify(ref.connection, signal)).accountId;
      const { connection, region, keyId } = ref;
      return readDetail({
        gateway,
        signal,
        clock: await accountClock(connections, connection, now),
        identity: {
          connection,
          region,
          keyId,
          accountId,
          arn: stored?.arn ?? arnOf(ref, accountId),
          ...(stored?.change && { change: stored.change }),
        },
      });
    },

    async exportRows({ format, query, columns }) {
      const scopes = await chosenScopes(connections);
      const parts = { snapshots, connections, now, tagNames: tagNames() };
      const views = await readViews(scopes, query, parts);
      const writtenAt = now().toISOString();
      const listing = { views, query, writtenAt, scopes: summaryOf(scopes, snapshots).scopes };
      const file = await saveFile({
        suggestedName: `keys-${writtenAt.slice(0, 10)}.${format}`,
        content: format === 'csv' ? csvOf(listing, columns) : jsonOf(listing),
      });
      return file === null ? null : { file, rows: views.length };
    },
  };

  async function readWhole({ signal, progress }: Parameters<Keys['readWhole']>[0]): Promise<void> {
    for (let other = running; other; other = running) {
      const { whole, ended } = other;
      const read = await Promise.race([
        ended.then(
          () => whole,
          () => false,
        ),
        aborted(signal),
      ]);
      if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      if (read) return;
    }
    try {
      await handlers.refresh({}, { signal, progress, files: [] });
    } catch (error) {
      // Another one began in the same moment: it is joined.
      if (!(error instanceof AppError) || error.code !== 'conflict' || !running) throw error;
      await readWhole({ signal, progress });
    }
  }

  return {
    handlers,
    readWhole,
    async readUsage({ signal: caller, progress }) {
      const signal = AbortSignal.any([caller, closing.signal]);
      setMaxListeners(0, signal);
      const scopes = await chosenScopes(connections);
      const { readUsage } = await import('./usage/readUsage');
      await readUsage(
        scopes.map(({ connection, region }) => ({ connection, region })),
        {
          gateway,
          snapshots,
          usage,
          signal,
          progress,
          clock: (connection) => accountClock(connections, connection, now),
        },
      );
    },
    usage: async () => (await chosenScopes(connections)).flatMap((scope) => usage.all(scope)),
    stored: () => storedScopes(connections, snapshots),
    drift: async () => snapshots.drift(await chosenScopes(connections)),
    async close() {
      closing.abort();
      await running?.ended.catch(() => {});
    },
  };
}

/** Resolves when the signal aborts. */
function aborted(signal: AbortSignal): Promise<false> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}

function busy(): AppError {
  return new AppError('conflict', 'The inventory is being read already.');
}
