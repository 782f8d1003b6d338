import type { FeatureHandlers } from '../../shared/contract/define';
import {
  settingsSchema,
  type Settings,
  type settings as settingsContract,
} from '../../shared/contract/settings';
import type { Store } from '../store/types';

/** Small values of other features by name, which the settings' table keeps. */
export interface ValueStore {
  /** As it was written; undefined where there is none. */
  readValue(name: string): unknown;
  writeValue(name: string, value: unknown): void;
}

export interface OpenSettings extends ValueStore {
  readonly read: () => Settings;
  readonly handlers: FeatureHandlers<typeof settingsContract>;
}

/** The settings of a store. What is stored and no longer fits (an older or newer program) counts as the default. */
export function openSettings({ store }: { store: Store }): OpenSettings {
  const select = store.db.prepare('SELECT value FROM setting WHERE name = ?');
  const upsert = store.db.prepare(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );

  function readValue(name: string): unknown {
    const text = select.get(name)?.['value'];
    try {
      return typeof text === 'string' ? JSON.parse(text) : undefined;
    } catch {
      return undefined;
    }
  }

  function writeValue(name: string, value: unknown): void {
    upsert.run(name, JSON.stringify(value));
  }

  const read = () => lenient(readValue('settings'));

  return {
    read,
    readValue,
    writeValue,
    handlers: {
      get: read,
      set: (changes) =>
        store.transaction(() => {
          const next = settingsSchema.parse({ ...read(), ...defined(changes) });
          writeValue('settings', next);
          return next;
        }),
    },
  };
}

/** Each setting by itself, so that one bad value does not reset the others. */
function lenient(stored: unknown): Settings {
  const values: Record<string, unknown> = {};
  if (typeof stored === 'object' && stored !== null) {
    for (const [name, schema] of Object.entries(settingsSchema.shape)) {
      const parsed = schema.safeParse((stored as Record<string, unknown>)[name]);
      if (parsed.success) values[name] = parsed.data;
    }
  }
  return settingsSchema.parse(values);
}

function defined(changes: object): object {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
