import { version } from '../package.json';
import { contract } from '../shared/contract/index';
import { AppError } from '../shared/model/errors';
import type { CommandContext, OpenedServices } from './command';
import { defaultDataDir } from './dataDir';
import { writeFileAtomically } from './files/atomicWrite';
import { createLocalClient } from './ipc/local';
import { openLog } from './log/log';
import type { Host } from './services';

export interface Opener {
  readonly open: CommandContext['open'];
  close(): Promise<void>;
}

/** Opens services for a command when it asks for them, and closes them after it; nothing is loaded before. */
export function createOpener({
  env,
  homeDir,
  tell,
}: {
  readonly env: CommandContext['env'];
  readonly homeDir: string;
  /** For what the operator must know of the opening, such as a database that was set aside. */
  readonly tell: (sentence: string) => void;
}): Opener {
  const closers: (() => void | Promise<void>)[] = [];
  const dataDir = defaultDataDir(env);

  return {
    async open(options = {}): Promise<OpenedServices> {
      const { openServices } = await import('./services');
      const { endpointUrl, chosen, practice = false, savePath, printPage } = options;
      const services = await openServices({
        dataDir,
        env: endpointUrl ? { ...env, AWS_ENDPOINT_URL: endpointUrl } : env,
        homeDir,
        version,
        runtime: { kind: 'none', node: process.versions.node },
        practice,
        realAccounts: { allowed: true },
        chosen,
        host: {
          ...commandLineHost,
          ...(savePath && { saveFile: saveTo(savePath) }),
          ...(printPage && { printPage }),
        },
        log: openLog({ folder: dataDir, now: () => new Date() }),
      });
      for (const notice of services.store.notices) tell(notice);
      const { client, close } = createLocalClient(contract, services.dispatcher);
      closers.unshift(close, () => services.close());
      return { client, services };
    },
    async close() {
      for (const close of closers) await close();
    },
  };
}

/** A command writes to stdout; it has neither dialogs nor a clipboard. */
const commandLineHost = {
  saveFile: () => Promise.reject(needsWindow()),
  pickPaths: () => Promise.reject(needsWindow()),
  printPage: () => Promise.reject(needsWindow()),
  copyText: () => Promise.reject(needsWindow()),
  openExternal: () => Promise.reject(needsWindow()),
};

/** Writes a file as the window does, where the command line says. */
function saveTo(path: () => string): Host['saveFile'] {
  return async ({ content }) => {
    const file = path();
    await writeFileAtomically(file, content);
    return file;
  };
}

function needsWindow(): AppError {
  return new AppError('unsupported', 'This needs the window. On the command line, use --json.');
}
