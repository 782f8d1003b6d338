import { watchSettingsSchema, type WatchSettings } from '../../../shared/model/events/watch/rules';

/** Small values by name, as the settings keep them. */
export interface Values {
  readValue(name: string): unknown;
  writeValue(name: string, value: unknown): void;
}

export const watchSettingsName = 'events.watch';

/** The watch's settings as they were set; those that do not fit any more count as the defaults. */
export function readWatchSettings(values: Pick<Values, 'readValue'>): WatchSettings {
  const stored = values.readValue(watchSettingsName);
  return watchSettingsSchema.safeParse(stored).data ?? watchSettingsSchema.parse({});
}
