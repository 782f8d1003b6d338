import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyRotationsCommand,
  ListKeysCommand,
  type KeyMetadata,
} from '@aws-sdk/client-kms';
import { startPractice, type Practice } from '../../../electron/practice/index';

let folder: string;
let practice: Practice;
const clients = new Map<string, KMSClient>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-seed-'));
  practice = await startPractice({ seed: 'company', stateDir: folder });
  for (const region of practice.regions) {
    const { endpoint, accessKeyId, secretAccessKey } = practice;
    const credentials = { accessKeyId, secretAccessKey };
    clients.set(region, new KMSClient({ endpoint, region, credentials }));
  }
});
afterAll(async () => {
  for (const client of clients.values()) client.destroy();
  await practice.close();
  await rm(folder, { recursive: true });
});

function clientOf(region: string): KMSClient {
  const client = clients.get(region);
  if (!client) throw new Error(`no client for ${region}`);
  return client;
}

async function keysOf(region: string): Promise<KeyMetadata[]> {
  const client = clientOf(region);
  const { Keys = [] } = await client.send(new ListKeysCommand({ Limit: 1000 }));
  return Promise.all(
    Keys.map(async ({ KeyId }) => {
      const { KeyMetadata: key } = await client.send(new DescribeKeyCommand({ KeyId }));
      if (!key) throw new Error('no metadata');
      return key;
    }),
  );
}

async function keyByAlias(alias: string, region = 'eu-central-1'): Promise<KeyMetadata> {
  const { KeyMetadata: key } = await clientOf(region).send(
    new DescribeKeyCommand({ KeyId: alias }),
  );
  if (!key) throw new Error('no metadata');
  return key;
}

describe('the company seed', () => {
  it('has about 40 keys in three Regions, in every state an officer meets', async () => {
    const all = (await Promise.all(practice.regions.map(keysOf))).flat();
    expect(all.length).toBeGreaterThanOrEqual(40);
    expect(all.length).toBeLessThanOrEqual(55);
    const states = new Set(all.map(({ KeyState }) => KeyState));
    for (const state of [
      'Enabled',
      'Disabled',
      'PendingDeletion',
      'PendingReplicaDeletion',
      'PendingImport',
    ] as const) {
      expect(states).toContain(state);
    }
    const usages = new Set(all.map(({ KeyUsage }) => KeyUsage));
    expect(usages.size).toBe(4);
    expect(all.filter(({ KeyManager }) => KeyManager === 'AWS').length).toBe(5);
  });

  it('has rotated the keys whose rotation is on, each at its own pace', async () => {
    const client = clientOf('eu-central-1');
    const { KeyId } = await keyByAlias('alias/prod/customer-data');
    const { Rotations = [] } = await client.send(new ListKeyRotationsCommand({ KeyId }));
    expect(Rotations.map(({ RotationType }) => RotationType)).toEqual([
      'AUTOMATIC',
      'AUTOMATIC',
      'AUTOMATIC',
    ]);
    const status = await client.send(new GetKeyRotationStatusCommand({ KeyId }));
    expect(status).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
    expect(status.NextRotationDate?.getTime()).toBeGreaterThan(Date.now());
  });

  it('has used 23 of 25 on-demand rotations of the audit log', async () => {
    const { KeyId } = await keyByAlias('alias/prod/audit-log');
    const { Rotations = [] } = await clientOf('eu-central-1').send(
      new ListKeyRotationsCommand({ KeyId }),
    );
    expect(Rotations.filter(({ RotationType }) => RotationType === 'ON_DEMAND')).toHaveLength(23);
  });

  it('has a primary key that waits for its replicas', async () => {
    const key = await keyByAlias('alias/legacy/sessions');
    expect(key.KeyState).toBe('PendingReplicaDeletion');
    expect(key.PendingDeletionWindowInDays).toBe(14);
    expect(key.DeletionDate).toBeUndefined();
    expect(key.MultiRegionConfiguration?.ReplicaKeys).toHaveLength(2);
  });

  it('has re-pointed aliases, grants, and imported material that expires soon', async () => {
    const moved = await keyByAlias('alias/prod/token-signing');
    expect(moved.KeyId).toBe((await keyByAlias('alias/prod/token-signing-current')).KeyId);
    const volumes = await keyByAlias('alias/prod/volumes');
    const { Grants = [] } = await clientOf('eu-central-1').send(
      new ListGrantsCommand({ KeyId: volumes.KeyId }),
    );
    expect(Grants.map(({ Name }) => Name)).toEqual(['cluster-autoscaling', 'backup-restore-test']);
    const gateway = await keyByAlias('alias/prod/bank-gateway');
    expect(gateway.ExpirationModel).toBe('KEY_MATERIAL_EXPIRES');
    expect((gateway.ValidTo?.getTime() ?? 0) - Date.now()).toBeLessThan(21 * 86_400_000);
    expect((await keyByAlias('alias/legacy/edi')).KeyState).toBe('PendingImport');
  });

  it('is there again after a restart, with the same credentials', async () => {
    const before = await keysOf('eu-central-1');
    const { accessKeyId, secretAccessKey } = practice;
    await practice.close();
    practice = await startPractice({ seed: 'empty', stateDir: folder });
    expect(practice).toMatchObject({ accessKeyId, secretAccessKey });
    for (const [region, old] of clients) {
      old.destroy();
      const { endpoint } = practice;
      clients.set(
        region,
        new KMSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } }),
      );
    }
    expect(await keysOf('eu-central-1')).toEqual(before);
    const { Aliases = [] } = await clientOf('eu-west-1').send(new ListAliasesCommand({}));
    expect(Aliases.map(({ AliasName }) => AliasName)).toContain('alias/prod/data-lake');
  });
});

describe('the large seed', () => {
  it('makes as many keys as asked for, each with its alias', async () => {
    const large = await startPractice({
      seed: 'large',
      largeKeys: 2500,
      regions: ['eu-central-1'],
    });
    const { endpoint, accessKeyId, secretAccessKey } = large;
    const client = new KMSClient({
      endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId, secretAccessKey },
    });
    const ids = new Set<string>();
    let marker: string | undefined;
    do {
      const page = await client.send(new ListKeysCommand({ Limit: 1000, Marker: marker }));
      for (const { KeyId } of page.Keys ?? []) ids.add(KeyId ?? '');
      marker = page.NextMarker;
    } while (marker !== undefined);
    expect(ids.size).toBe(2500);
    client.destroy();
    await large.close();
  });
});
