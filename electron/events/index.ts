import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FeatureHandlers } from '../../shared/contract/define';
import type { events as eventsContract } from '../../shared/contract/events';
import { eventFacets } from '../../shared/model/events/event';
import { eventQuerySchema } from '../../shared/model/events/query';
import { keptFrom } from '../../shared/model/events/retention';
import type { AwsGateway, Connections } from '../aws/types';
import { streamed } from '../streamed';
import { createAthenaSource } from './athena/index';
import { eventsFile } from './commands/withEvents';
import { createLookup } from './lookupAll';
import { knownPlaces, rangeOf, trailBucket } from './place';
import { createRetention, type RetentionOptions } from './retention';
import { startTable, type RunningTable, type TableHost } from './startTable';
import { createValidation, type Validated } from './validation';
import { createWatchHandlers, type WatchKeeping } from './watch/handlers';

export type { Validated } from './validation';

export interface EventsOptions {
  readonly dataDir: string;
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly now: () => Date;
  /** Starts what holds the events; a thread unless told otherwise. */
  readonly startBeside?: TableHost['start'];
  /** Where the watch keeps what outlives the events. */
  readonly keeping: WatchKeeping;
  /** Asks where to write and writes; null where nobody picked a file. */
  readonly saveFile: (file: {
    suggestedName: string;
    content: AsyncIterable<string | Uint8Array>;
  }) => Promise<string | null>;
  /** Asks for files, or for one folder; empty where nobody picked any. */
  readonly pickPaths: (what: 'files' | 'folder') => Promise<string[]>;
  /** Told of every validation of a bucket. */
  readonly onValidated: (validated: Validated) => void;
  /** How long events are kept, in days; null for ever. */
  readonly retentionDays: RetentionOptions['days'];
  readonly onForgotten: RetentionOptions['onForgotten'];
  readonly onRetentionFailed: RetentionOptions['onFailed'];
}

export interface Events {
  readonly handlers: FeatureHandlers<typeof eventsContract>;
  /** Reads the stored events where there are any, before they are asked for. Never rejects. */
  warm(): Promise<void>;
  /** Makes the next start faster where many events have come. Never rejects. */
  keep(): Promise<void>;
  close(): Promise<void>;
}

/**
 * CloudTrail events: where they come from, what is stored of them, and whether the log can be
 * trusted. The thread that holds them starts with the first question.
 */
export function createEvents(options: EventsOptions): Events {
  const { dataDir, gateway, connections, now, saveFile, pickPaths } = options;
  let running: RunningTable | undefined;
  const table = () =>
    (running ??= startTable(join(dataDir, eventsFile), { start: options.startBeside })).client;
  const lookup = createLookup({ gateway, connections, table });
  const { retain, daily, afterImport } = createRetention({
    table,
    days: options.retentionDays,
    now,
    onForgotten: options.onForgotten,
    onFailed: options.onRetentionFailed,
  });

  const handlers: Events['handlers'] = {
    async coverage(input, context) {
      const covered = await table().coverage(input, forward(context));
      daily();
      return covered;
    },
    storage: ({ days }) => table().storage({ before: keptFrom(days, now()) }),
    retain,
    page: (input, context) => table().page(input, forward(context)),
    place: (input, context) => table().place(input, forward(context)),
    facets: (input, context) => table().facets(input, forward(context)),
    histogram: (input, context) => table().histogram(input, forward(context)),
    event: (input, context) => table().event(input, forward(context)),
    triage: (input, context) => table().triage(input, forward(context)),
    keyExchanges: (input, context) => table().keyExchanges(input, forward(context)),
    tellingContexts: (input, context) => table().tellingContexts(input, forward(context)),
    ...createWatchHandlers({ ...options.keeping, now, table }),
    lookup: async (_input, context) => afterImport(await lookup(context)),
    async importFiles({ what }, { signal, progress }) {
      const paths = await pickPaths(what);
      if (paths.length === 0) return null;
      return afterImport(await table().importPaths({ paths }, { signal, onProgress: progress }));
    },
    importDropped: async ({ name, bytes }, { signal }) =>
      afterImport(
        await table().importBytes({ source: 'files', files: [{ name, bytes }] }, { signal }),
      ),
    async trailBuckets(target, { signal }) {
      const { trailBuckets } = await import('./trailBuckets');
      return trailBuckets(gateway, target, signal);
    },
    async importBucket(place, { signal, progress }) {
      const { importBucketLogs } = await import('./sources/bucketLogs');
      const { files } = await trailBucket(gateway, place);
      const known = await knownPlaces({ place, connections, table: table(), signal });
      return afterImport(
        await importBucketLogs(files, rangeOf(place), known, table(), { signal, progress }),
      );
    },
    async exportEvents({ query, format }, { signal }) {
      let events = 0;
      const content = streamed<string>(async (write) => {
        const ended = await table().lines({ query, format }, { signal, onProgress: write });
        ({ events } = ended);
      });
      const file = await saveFile({ suggestedName: `events.${format}`, content });
      return file === null ? null : { file, events };
    },
    async throttling(_input, { signal, progress }) {
      const { checkThrottling } = await import('./throttling/checkThrottling');
      return checkThrottling({ gateway, connections, table: table(), signal, progress });
    },
    async exportKeyExchanges({ query }, { signal }) {
      const { keyExchangeCsv } = await import('./keyExchangeCsv');
      const uses = await table().keyExchanges({ query }, { signal });
      const content = streamed<string>((write) => Promise.resolve(write(keyExchangeCsv(uses))));
      const file = await saveFile({ suggestedName: 'key-exchange.csv', content });
      return file === null ? null : { file, callers: uses.length };
    },
    async checkTrails(_input, { signal, progress }) {
      const { checkTrails } = await import('./trailCheck/checkTrails');
      return checkTrails({ gateway, connections, signal, progress });
    },
    ...createAthenaSource({ gateway, table }),
    ...createValidation(options),
  };
  async function warm(): Promise<void> {
    if (!existsSync(join(dataDir, eventsFile))) return;
    const query = eventQuerySchema.parse({});
    // As the screen asks; what fails here is told there.
    await Promise.allSettled([
      table().page({ query, offset: 0, limit: 1 }),
      table().facets({ query, facets: [...eventFacets] }),
    ]);
  }

  async function keep(): Promise<void> {
    if (running) await running.client.keep(undefined).catch(() => {}); // closed before
  }

  return { handlers, warm, keep, close: async () => running?.close() };
}

function forward({ signal }: { signal: AbortSignal }): { signal: AbortSignal } {
  return { signal };
}
