import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext, ExitCode } from '../../command';
import { defaultDataDir } from '../../dataDir';
import { storeError } from '../../store/index';
import { openEventStore, type EventStore } from '../store/eventStore';

/** Where the stored events lie within the data folder. */
export const eventsFile = 'events.db';

/** Opens the stored events for a command and closes them after it. Throws as openEventStore. */
export async function withEvents(
  { env }: Pick<CommandContext, 'env'>,
  work: (store: EventStore) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const dataDir = defaultDataDir(env);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storeError(error);
  }
  const store = openEventStore(join(dataDir, eventsFile), () => new Date());
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
