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
  options: {
    rendererDir: string;
    isPackaged: boolean;
    /** Told the URL of each file of the page that was given out. */
    onServed: (url: string) => void;
    log: Log;
  },
): Session {
  serveApp(session.protocol, options.rendererDir, options.onServed);
  forbidNetwork(session, options);
  forbidDownloads(session, options.log);
  restrictPermissions(session, options.log);
  return session;
}
