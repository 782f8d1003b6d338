import type { Session } from 'electron';
import type { Log } from '../log/log';
import { serveApp } from './appProtocol';
import { restrictPermissions } from './permissions';
import { forbidDownloads, forbidNetwork } from './requestFilter';

/** The window's session: in memory, so the page leaves nothing on the disk. */
export const sessionName = 'claviger';

/** Makes a session serve the built page and nothing else; no network, no permission, no download. */
export function prepareSession(
  session: Session,
  options: { rendererDir: string; isPackaged: boolean; log: Log },
): Session {
  serveApp(session.protocol, options.rendererDir);
  forbidNetwork(session, options);
  forbidDownloads(session, options.log);
  restrictPermissions(session, options.log);
  return session;
}
