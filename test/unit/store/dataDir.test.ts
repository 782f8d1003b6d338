import { describe, expect, it } from 'vitest';
import { defaultDataDir } from '../../../electron/dataDir';

describe('the data folder', () => {
  it.each([
    ['linux', {}, '/home/alice/.local/share/claviger'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/claviger'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/alice/.local/share/claviger'],
    ['darwin', {}, '/home/alice/Library/Application Support/Claviger'],
    ['win32', {}, '/home/alice/AppData/Local/Claviger'],
    ['linux', { CLAVIGER_DATA_DIR: '/own', XDG_DATA_HOME: '/data' }, '/own'],
  ] as const)('on %s with %j is %s', (platform, env, folder) => {
    expect(defaultDataDir(env, platform, '/home/alice')).toBe(folder);
  });
});
