import { watchSettingsSchema, type WatchSettings } from '../../../shared/model/events/watch/rules';
import type { ValueStore } from '../../settings/index';

export const watchSettingsName = 'events.watch';

/** The watch's settings as they were set; those that do not fit any more count as the defaults. */
export function readWatchSettings(values: Pick<ValueStore, 'readValue'>): WatchSettings {
  const stored = values.readValue(watchSettingsName);
  return watchSettingsSchema.safeParse(stored).data ?? watchSettingsSchema.parse({});
}
