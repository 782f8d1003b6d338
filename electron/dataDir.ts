import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder of database, backups, practice account and log: `CLAVIGER_DATA_DIR` where it is set,
 * else the platform's place for a program's data.
 */
export function defaultDataDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const own = env['CLAVIGER_DATA_DIR'];
  if (own) return resolve(own);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Claviger');
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'Claviger');
  }
  // XDG Base Directory Specification: a relative path is to be ignored.
  const xdg = env['XDG_DATA_HOME'];
  return join(xdg?.startsWith('/') ? xdg : join(home, '.local', 'share'), 'claviger');
}
