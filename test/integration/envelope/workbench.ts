import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateKeyCommand, KMSClient, type CreateKeyCommandInput } from '@aws-sdk/client-kms';
import { onTestFinished } from 'vitest';
import { createAws } from '../../../electron/aws/index';
import { createEnvelope, type Envelope } from '../../../electron/envelope/index';
import { createDispatcher } from '../../../electron/ipc/dispatcher';
import { createLocalClient } from '../../../electron/ipc/local';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { openStore } from '../../../electron/store/index';
import type { ContractClient } from '../../../shared/contract/define';
import { envelope as envelopeContract } from '../../../shared/contract/envelope';
import type { BatchProgress, ItemResult, Source } from '../../../shared/model/envelope/jobs';
import type { KeyRef } from '../../../shared/model/key';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { askControl } from '../practice/askControl';

const contract = { envelope: envelopeContract };
type Client = ContractClient<typeof contract>['envelope'];

export interface Workbench {
  readonly practice: Practice;
  readonly client: Client;
  readonly envelope: Envelope;
  /** For files of the test. */
  readonly folder: string;
  readonly dataDir: string;
  readonly defects: unknown[];
  kms(region?: string): KMSClient;
  newKey(input?: CreateKeyCommandInput, region?: string): Promise<KeyRef & { arn: string }>;
  /** Writes a file and gives it as a source. */
  file(name: string, content: string | Uint8Array): Promise<Source>;
  source(path: string): Promise<Source>;
  encrypt(input: Omit<Parameters<Client['encrypt']>[0], 'batch'>): Promise<ItemResult[]>;
  decrypt(input: Omit<Parameters<Client['decrypt']>[0], 'batch'>): Promise<ItemResult[]>;
  rekey(input: Omit<Parameters<Client['rekey']>[0], 'batch'>): Promise<ItemResult[]>;
  /** What the practice account is asked, such as `clock`. */
  control(route: string, body: object): Promise<void>;
}

export const region = 'eu-central-1';

/** A practice account with the envelope feature on it: real server, SDK, gateway, database, dispatcher, files. */
export async function openWorkbench(): Promise<Workbench> {
  const dataDir = temporaryFolder();
  const folder = temporaryFolder();
  const practice = await startPractice({ seed: 'empty', regions: [region, 'us-east-1'] });
  const now = () => new Date();
  const store = openStore({ dataDir, now });
  const aws = createAws({
    env: {},
    homeDir: dataDir,
    now,
    practice,
    realAccounts: { allowed: false },
    quotaPercent: () => 100,
    chosen: { read: () => undefined, write: () => {} },
    askMfa: () => Promise.reject(new Error('No MFA here')),
    onWrite: () => {},
    tuning: { backoffMs: 20, maxBackoffMs: 200 },
  });
  const values = new Map<string, unknown>();
  const defects: unknown[] = [];
  const envelope = createEnvelope({
    dataDir,
    store,
    values: {
      readValue: (name) => values.get(name),
      writeValue: (name, value) => void values.set(name, value),
    },
    gateway: aws.gateway,
    connections: aws.connections,
    now,
    pickPaths: () => Promise.resolve([]),
    saveFile({ content }) {
      const path = join(folder, 'saved');
      writeFileSync(path, Buffer.concat([...content].map((part) => Buffer.from(part))));
      return Promise.resolve(path);
    },
    onDefect: (error) => void defects.push(error),
  });
  const dispatcher = createDispatcher(
    contract,
    { envelope: envelope.handlers },
    { onDefect: (_method, error) => void defects.push(error) },
  );
  const local = createLocalClient(contract, dispatcher);
  const client = local.client.envelope;
  const clients = new Map<string, KMSClient>();
  onTestFinished(async () => {
    local.close();
    await envelope.close();
    for (const each of clients.values()) each.destroy();
    aws.close();
    store.close();
    await practice.close();
  });

  function kms(place = region): KMSClient {
    const made =
      clients.get(place) ??
      new KMSClient({
        region: place,
        endpoint: practice.endpoint,
        credentials: {
          accessKeyId: practice.accessKeyId,
          secretAccessKey: practice.secretAccessKey,
        },
      });
    clients.set(place, made);
    return made;
  }

  async function source(path: string): Promise<Source> {
    const { sources, problems } = await client.addFiles(undefined, { files: [path] });
    const [found] = sources;
    if (!found) throw new Error(problems[0]?.message);
    return found;
  }

  let batches = 0;
  const items = async (
    run: (options: {
      batch: string;
      onProgress: (progress: BatchProgress) => void;
    }) => Promise<unknown>,
  ) => {
    const found: ItemResult[] = [];
    await run({
      batch: `batch ${(batches += 1)}`,
      onProgress: (progress) => {
        if (progress.kind === 'item') found.push(progress.item);
      },
    });
    return found;
  };

  return {
    practice,
    client,
    envelope,
    folder,
    dataDir,
    defects,
    kms,
    source,
    async newKey(input = {}, place = region) {
      const { KeyMetadata } = await kms(place).send(new CreateKeyCommand(input));
      const arn = KeyMetadata?.Arn ?? '';
      return { connection: 'practice', region: place, keyId: arn, arn };
    },
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return source(path);
    },
    encrypt: (input) =>
      items(({ batch, onProgress }) => client.encrypt({ ...input, batch }, { onProgress })),
    decrypt: (input) =>
      items(({ batch, onProgress }) => client.decrypt({ ...input, batch }, { onProgress })),
    rekey: (input) =>
      items(({ batch, onProgress }) => client.rekey({ ...input, batch }, { onProgress })),
    control: (route, body) => askControl(practice, route, body),
  };
}

/** Changes one bit of a file. */
export function flipBit(path: string, byte: number, bit = 0): void {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(byte) ^ (1 << bit), byte);
  writeFileSync(path, bytes);
}
