import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalClient } from '../../../electron/ipc/local';
import { openServices, type Services } from '../../../electron/services';
import { contract, type ClavigerClient } from '../../../shared/contract/index';

export interface Suite {
  readonly services: Services;
  readonly client: ClavigerClient;
  readonly dataDir: string;
  readonly logged: string[];
  close(): Promise<void>;
}

/** The services with the practice account, for several tests of one file: its last one closes them. */
export async function openInSuite(): Promise<Suite> {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-test-'));
  const logged: string[] = [];
  const nobody = () => Promise.resolve(null);
  const services = await openServices({
    dataDir: folder,
    env: {},
    homeDir: folder,
    version: '0.0.0-test',
    runtime: { kind: 'none', node: process.versions.node },
    practice: true,
    realAccounts: { allowed: true },
    host: {
      saveFile: nobody,
      pickPaths: () => Promise.resolve([]),
      printPage: () => Promise.resolve(Buffer.from('%PDF-1.7 the printed report')),
      copyText: () => {},
      openExternal: () => {},
    },
    log: (level, message, error) =>
      void logged.push(`${level} ${message} ${error instanceof Error ? error.stack : ''}`),
  });
  const { client, close } = createLocalClient(contract, services.dispatcher);
  await client.settings.set({ quotaPercent: 100 });
  return {
    services,
    client,
    dataDir: folder,
    logged,
    async close() {
      close();
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
