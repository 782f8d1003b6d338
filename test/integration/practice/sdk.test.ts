import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  ListKeysCommand,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { askControl } from './askControl';

let practice: Practice;
let kms: KMSClient;

beforeAll(async () => {
  practice = await startPractice({ seed: 'empty' });
  kms = clientFor('eu-central-1');
});
afterAll(async () => {
  kms.destroy();
  await practice.close();
});

function clientFor(region: string, secretAccessKey = practice.secretAccessKey) {
  const { endpoint, accessKeyId } = practice;
  return new KMSClient({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
}

const advance = (duration: string) => askControl(practice, 'clock', { advance: duration });

describe('the practice account, as the AWS SDK sees it', () => {
  it('encrypts and decrypts, bound to the context in any order', async () => {
    const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({ Description: 'first' }));
    expect(key).toMatchObject({
      KeyState: 'Enabled',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyManager: 'CUSTOMER',
    });
    const sealed = await kms.send(
      new EncryptCommand({
        KeyId: key?.KeyId,
        Plaintext: Buffer.from('secret'),
        EncryptionContext: { a: '1', b: '2' },
      }),
    );
    const opened = await kms.send(
      new DecryptCommand({
        CiphertextBlob: sealed.CiphertextBlob,
        EncryptionContext: { b: '2', a: '1' },
      }),
    );
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('secret');
    expect(opened.KeyId).toBe(key?.Arn);
    expect(opened.KeyMaterialId).toBe(key?.CurrentKeyMaterialId);
    await expect(
      kms.send(new DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob })),
    ).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('opens a ciphertext of an older version after rotation, and says which', async () => {
    const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({}));
    const first = await kms.send(
      new GenerateDataKeyCommand({ KeyId: key?.KeyId, KeySpec: 'AES_256' }),
    );
    await kms.send(new RotateKeyOnDemandCommand({ KeyId: key?.KeyId }));
    await advance('PT1S');
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: first.CiphertextBlob }));
    expect(opened.Plaintext).toEqual(first.Plaintext);
    expect(opened.KeyMaterialId).toBe(first.KeyMaterialId);
    const again = await kms.send(
      new ReEncryptCommand({ CiphertextBlob: first.CiphertextBlob, DestinationKeyId: key?.KeyId }),
    );
    expect(again.SourceKeyMaterialId).toBe(first.KeyMaterialId);
    expect(again.DestinationKeyMaterialId).not.toBe(first.KeyMaterialId);
  });

  it('keeps Regions apart', async () => {
    const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({}));
    const other = clientFor('us-east-1');
    try {
      await expect(other.send(new DescribeKeyCommand({ KeyId: key?.KeyId }))).rejects.toMatchObject(
        { name: 'NotFoundException' },
      );
      await expect(other.send(new DescribeKeyCommand({ KeyId: key?.Arn }))).rejects.toMatchObject({
        name: 'NotFoundException',
        message: 'Invalid arn eu-central-1',
      });
    } finally {
      other.destroy();
    }
  });

  it('finds a key by alias and gives its pages in order', async () => {
    const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({}));
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/found', TargetKeyId: key?.KeyId }));
    const found = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/found' }));
    expect(found.KeyMetadata?.KeyId).toBe(key?.KeyId);
    const ids: string[] = [];
    let marker: string | undefined;
    do {
      const list = await kms.send(new ListKeysCommand({ Limit: 1, Marker: marker }));
      ids.push(...(list.Keys ?? []).map(({ KeyId }) => KeyId ?? ''));
      marker = list.NextMarker;
    } while (marker !== undefined);
    expect(ids).toEqual([...ids].sort());
    expect(ids).toContain(key?.KeyId);
  });

  it('refuses what a key that waits for its deletion cannot do', async () => {
    const { KeyMetadata: key } = await kms.send(new CreateKeyCommand({}));
    const pending = await kms.send(
      new ScheduleKeyDeletionCommand({ KeyId: key?.KeyId, PendingWindowInDays: 7 }),
    );
    expect(pending).toMatchObject({
      KeyId: key?.Arn,
      KeyState: 'PendingDeletion',
      PendingWindowInDays: 7,
    });
    await expect(
      kms.send(new EncryptCommand({ KeyId: key?.KeyId, Plaintext: Buffer.from('x') })),
    ).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
      message: `${key?.Arn} is pending deletion.`,
    });
  });

  it('refuses a wrong secret and an unknown access key', async () => {
    const wrong = clientFor('eu-central-1', 'not-the-secret');
    await expect(wrong.send(new ListKeysCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    wrong.destroy();
  });

  it('answers STS GetCallerIdentity', async () => {
    const { endpoint, accessKeyId, secretAccessKey } = practice;
    const sts = new STSClient({
      endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId, secretAccessKey },
    });
    const identity = await sts.send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: practice.accountId,
      Arn: `arn:aws:iam::${practice.accountId}:user/practice-operator`,
    });
    sts.destroy();
  });
});
