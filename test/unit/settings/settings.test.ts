import { describe, expect, it } from 'vitest';
import { openSettings } from '../../../electron/settings/index';
import { openStore } from '../../../electron/store/index';
import { temporaryFolder } from '../store/temporaryFolder';

const context = { signal: new AbortController().signal, progress: () => {} };

function begin(dataDir = temporaryFolder()) {
  const store = openStore({ dataDir, now: () => new Date() });
  return { dataDir, store, settings: openSettings({ store }) };
}

describe('settings', () => {
  it('begin with the defaults', () => {
    const { settings } = begin();
    expect(settings.read()).toMatchObject({ theme: 'system', quotaPercent: 10 });
  });

  it('keep what was changed and leave the rest', async () => {
    const { settings, store, dataDir } = begin();
    await settings.handlers.set({ theme: 'dark' }, context);
    await settings.handlers.set({ quotaPercent: 50, theme: undefined }, context);
    store.close();
    const again = begin(dataDir).settings;
    expect(again.read()).toMatchObject({ theme: 'dark', quotaPercent: 50, timeZone: 'utc' });
  });

  it('take the default for a stored value that does not fit, and keep the others', () => {
    const { settings } = begin();
    settings.writeValue('settings', { theme: 'plaid', quotaPercent: 20, later: true });
    expect(settings.read()).toMatchObject({ theme: 'system', quotaPercent: 20 });
    expect(settings.read()).not.toHaveProperty('later');
    settings.writeValue('settings', 'rubbish');
    expect(settings.read()).toMatchObject({ theme: 'system', quotaPercent: 10 });
  });

  it('keep small values of other features by name', () => {
    const { settings, store } = begin();
    expect(settings.readValue('accounts.chosen')).toBeUndefined();
    settings.writeValue('accounts.chosen', [{ connection: 'practice' }]);
    expect(settings.readValue('accounts.chosen')).toEqual([{ connection: 'practice' }]);
    store.db.exec("UPDATE setting SET value = '{' WHERE name = 'accounts.chosen'");
    expect(settings.readValue('accounts.chosen')).toBeUndefined();
  });
});
