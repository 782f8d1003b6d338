import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsCommand } from '../../../electron/aws/types';
import { createAws, type Aws } from '../../../electron/aws/index';
import { createDispatcher } from '../../../electron/ipc/dispatcher';
import { createLocalClient } from '../../../electron/ipc/local';
import { createKeys } from '../../../electron/keys/index';
import {
  startPractice,
  type Practice,
  type PracticeOptions,
} from '../../../electron/practice/index';
import { openStore, type Store } from '../../../electron/store/index';
import type { ContractClient } from '../../../shared/contract/define';
import { keys as keysContract, type InventoryProgress } from '../../../shared/contract/keys';
import { keyRefString, type KeyRow, type ScopeReport } from '../../../shared/model/key';
import { askControl } from '../practice/askControl';

const contract = { keys: keysContract };

export interface Estate {
  readonly practice: Practice;
  readonly client: ContractClient<typeof contract>;
  /** What the operator was handed by `saveFile`. */
  readonly saved: { suggestedName: string; text: string }[];
  /** Defects that the dispatcher saw; a test that passes has none. */
  readonly defects: unknown[];
  /** A command to the practice account, as the operator would give it. */
  aws<I extends object, O extends object>(region: string, command: AwsCommand<I, O>): Promise<O>;
  /** `deny`, `clock`, `quotas`, `reset` of the practice account. */
  control(route: string, body: object): Promise<void>;
  refresh(options?: RefreshOptions): Promise<Refreshed>;
  snapshot(): Promise<Map<string, KeyRow>>;
  /** Opens the database anew, as a start of the program does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface RefreshOptions {
  only?: { connection: string; region?: string }[];
  signal?: AbortSignal;
  onProgress?: (value: InventoryProgress) => void;
}

export interface Refreshed {
  /** The rows as they last stood, by `connection/region/keyId`. */
  readonly rows: Map<string, KeyRow>;
  readonly scopes: readonly ScopeReport[];
  readonly progress: readonly InventoryProgress[];
}

/** A practice account with a key inventory on it: real server, SDK, gateway, database and dispatcher. */
export async function openEstate(
  options: Partial<PracticeOptions> & {
    quotaPercent?: number;
    wrap?: (practice: Practice) => Practice;
  } = {},
): Promise<Estate> {
  const { quotaPercent = 100, wrap = (practice) => practice, ...practiceOptions } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'claviger-keys-'));
  const practice = await startPractice({
    seed: 'empty',
    regions: ['eu-central-1', 'us-east-1'],
    ...practiceOptions,
  });
  const saved: Estate['saved'] = [];
  const defects: unknown[] = [];
  let open = start();

  function start(): {
    store: Store;
    made: Aws;
    keys: ReturnType<typeof createKeys>;
    client: Estate['client'];
    end: () => void;
  } {
    const now = () => new Date();
    const store = openStore({ dataDir, now });
    const made = createAws({
      env: {},
      homeDir: dataDir,
      now,
      practice: wrap(practice),
      realAccounts: { allowed: false },
      quotaPercent: () => quotaPercent,
      chosen: { read: () => undefined, write: () => {} },
      askMfa: () => Promise.reject(new Error('No MFA here')),
      onWrite: () => {},
      tuning: { backoffMs: 20, maxBackoffMs: 200, requestTimeoutMs: 5000 },
    });
    const { gateway, connections } = made;
    const keys = createKeys({
      gateway,
      connections,
      store,
      now,
      async saveFile({ suggestedName, content }) {
        let text = '';
        for await (const part of content) text += part;
        saved.push({ suggestedName, text });
        return `/picked/${suggestedName}`;
      },
    });
    const dispatcher = createDispatcher(
      contract,
      { keys: keys.handlers },
      {
        onDefect: (_method, error) => defects.push(error),
      },
    );
    const { client, close } = createLocalClient(contract, dispatcher);
    return { store, made, keys, client, end: close };
  }

  async function stop(): Promise<void> {
    open.end();
    await open.keys.close();
    open.made.close();
    open.store.close();
  }

  return {
    practice,
    saved,
    defects,
    get client() {
      return open.client;
    },
    async aws(region, command) {
      return (await open.made.gateway.send({ connection: 'practice', region }, command)).output;
    },
    control: (route, body) => askControl(practice, route, body),
    async refresh({ only, signal, onProgress } = {}) {
      const rows = new Map<string, KeyRow>();
      const progress: InventoryProgress[] = [];
      const summary = await open.client.keys.refresh(only ? { only } : {}, {
        signal,
        onProgress(value) {
          progress.push(value);
          if (value.kind === 'rows') for (const row of value.rows) rows.set(keyRefString(row), row);
          onProgress?.(value);
        },
      });
      return { rows, progress, scopes: summary.scopes };
    },
    async snapshot() {
      const rows = new Map<string, KeyRow>();
      await open.client.keys.snapshot(undefined, {
        onProgress({ rows: part }) {
          for (const row of part) rows.set(keyRefString(row), row);
        },
      });
      return rows;
    },
    async restart() {
      await stop();
      open = start();
    },
    async close() {
      await stop();
      await practice.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
