import { onTestFinished } from 'vitest';
import { createLocalClient } from '../../../electron/ipc/local';
import { openServices, type Services, type ServicesOptions } from '../../../electron/services';
import { contract, type ClavigerClient } from '../../../shared/contract/index';
import { temporaryFolder } from '../../unit/store/temporaryFolder';

export interface Opened {
  readonly services: Services;
  readonly client: ClavigerClient;
  readonly dataDir: string;
  /** Everything that went to the log, as text. */
  readonly logged: string[];
  readonly copied: string[];
  readonly saved: { name: string; text: string }[];
  readonly close: () => Promise<void>;
}

/** The services as the window has them, on an own folder, with nothing of this machine's accounts. */
export async function openForTest(changes: Partial<ServicesOptions> = {}): Promise<Opened> {
  const homeDir = temporaryFolder();
  const dataDir = changes.dataDir ?? temporaryFolder();
  const logged: string[] = [];
  const copied: string[] = [];
  const saved: { name: string; text: string }[] = [];
  const services = await openServices({
    dataDir,
    env: {},
    homeDir,
    version: '0.0.0-test',
    runtime: { kind: 'none', node: process.versions.node },
    practice: false,
    realAccounts: { allowed: true },
    host: {
      async saveFile({ suggestedName, content }) {
        let text = '';
        for await (const part of content) text += part;
        saved.push({ name: suggestedName, text });
        return `/somewhere/${suggestedName}`;
      },
      pickPaths: () => Promise.resolve([]),
      printPage: () => Promise.resolve(new Uint8Array()),
      copyText: (text) => void copied.push(text),
      openExternal: () => {},
    },
    log: (level, message, error) =>
      void logged.push(`${level} ${message} ${error instanceof Error ? error.stack : ''}`),
    ...changes,
  });
  const local = createLocalClient(contract, services.dispatcher);
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    local.close();
    await services.close();
  };
  onTestFinished(close);
  return { services, client: local.client, dataDir, logged, copied, saved, close };
}
