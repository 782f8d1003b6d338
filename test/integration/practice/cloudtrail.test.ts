import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CloudTrailClient,
  CreateTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  ListPublicKeysCommand,
  ListTagsCommand,
  LookupEventsCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import {
  CreateKeyCommand,
  DecryptCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  ReEncryptCommand,
  ReplicateKeyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { askControl } from './askControl';

let practice: Practice;
let kms: KMSClient;
let trail: CloudTrailClient;
const region = 'eu-central-1';

beforeAll(async () => {
  practice = await startPractice({ seed: 'empty' });
  const { endpoint, accessKeyId, secretAccessKey } = practice;
  const options = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
  kms = new KMSClient(options);
  trail = new CloudTrailClient(options);
});
afterAll(async () => {
  kms.destroy();
  trail.destroy();
  await practice.close();
});

const control = (path: string, body: object) => askControl(practice, path, body);

const advance = (duration: string) => control('clock', { advance: duration });

async function lookUp(input: LookupEventsCommandInput) {
  const { Events = [] } = await trail.send(new LookupEventsCommand(input));
  return Events.map((event) => ({
    ...event,
    record: JSON.parse(event.CloudTrailEvent ?? '{}') as Record<string, unknown>,
  }));
}

const named = (name: string): LookupEventsCommandInput => ({
  LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
});

describe('CloudTrail of the practice account, through the AWS SDK', () => {
  it('shows a call some minutes after it was made, and not before', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: 'a key' }));
    expect(await lookUp(named('CreateKey'))).toEqual([]);
    await advance('PT6M');
    const [event] = await lookUp(named('CreateKey'));
    expect(event).toMatchObject({
      EventName: 'CreateKey',
      EventSource: 'kms.amazonaws.com',
      Username: 'practice-operator',
      ReadOnly: 'false',
      AccessKeyId: practice.accessKeyId,
      Resources: [{ ResourceType: 'AWS::KMS::Key', ResourceName: KeyMetadata?.Arn }],
    });
    expect(event?.record).toMatchObject({
      requestParameters: { description: 'a key', keySpec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS' },
      responseElements: { keyMetadata: { arn: KeyMetadata?.Arn } },
    });
  });

  it('names the key of a decryption that failed, though the request did not', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const { KeyId, Arn } = KeyMetadata ?? {};
    const { CiphertextBlob } = await kms.send(
      new EncryptCommand({ KeyId, Plaintext: Buffer.from('a secret line') }),
    );
    const EncryptionContext = { of: 'another' };
    await expect(
      kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })),
    ).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    await expect(
      kms.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: 'alias/not-there' })),
    ).rejects.toMatchObject({ name: 'NotFoundException' });
    await expect(
      kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from('no ciphertext') })),
    ).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    await advance('PT6M');
    const resources = async (name: string) =>
      (await lookUp(named(name))).map(({ record }) => record.resources);
    const resource = { accountId: '111122223333', type: 'AWS::KMS::Key', ARN: Arn };
    const decrypted = await resources('Decrypt');
    expect(decrypted).toHaveLength(2);
    expect(decrypted).toEqual(expect.arrayContaining([[resource], []]));
    expect(await resources('ReEncrypt')).toEqual([[resource]]);
  });

  it('tells when KMS copied what the Regions of a key share', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ MultiRegion: true }));
    const { KeyId, Arn } = KeyMetadata ?? {};
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    await kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: 'eu-west-1' }));
    await advance('PT1M');
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    await advance('PT6M');
    const synchronized = await lookUp(named('SynchronizeMultiRegionKey'));
    expect(synchronized).toHaveLength(2);
    for (const { record, Username } of synchronized) {
      expect(Username).toBeUndefined();
      expect(record).toMatchObject({
        userIdentity: { accountId: '111122223333', invokedBy: 'AWS Internal' },
        awsRegion: region,
        requestParameters: null,
        responseElements: { keyId: Arn },
        requestID: expect.any(String) as string,
        readOnly: false,
        resources: [{ ARN: Arn }],
        eventType: 'AwsApiCall',
      });
      expect(record).not.toHaveProperty('serviceEventDetails');
    }
  });

  it('names key, context and version of a decryption, and neither plaintext nor ciphertext', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const EncryptionContext = { Department: 'Engineering' };
    const { CiphertextBlob } = await kms.send(
      new EncryptCommand({
        KeyId: KeyMetadata?.KeyId,
        Plaintext: Buffer.from('a secret line'),
        EncryptionContext,
      }),
    );
    await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata?.KeyId }));
    await expect(
      kms.send(new GenerateDataKeyCommand({ KeyId: KeyMetadata?.KeyId, KeySpec: 'AES_256' })),
    ).rejects.toMatchObject({ name: 'DisabledException' });
    await advance('PT6M');
    const [decrypted] = await lookUp(named('Decrypt'));
    expect(decrypted?.record).toMatchObject({
      responseElements: null,
      readOnly: true,
      requestParameters: {
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        encryptionContext: EncryptionContext,
      },
      additionalEventData: { keyMaterialId: KeyMetadata?.CurrentKeyMaterialId },
      resources: [{ ARN: KeyMetadata?.Arn }],
    });
    expect(decrypted?.Resources).toEqual([]);
    const text = decrypted?.CloudTrailEvent ?? '';
    expect(text).not.toContain(Buffer.from(CiphertextBlob ?? []).toString('base64'));
    expect(text).not.toContain(Buffer.from('a secret line').toString('base64'));
    const [failed] = await lookUp(named('GenerateDataKey'));
    expect(failed?.record).toMatchObject({
      errorCode: 'DisabledException',
      errorMessage: `${KeyMetadata?.Arn} is disabled.`,
      resources: [{ ARN: KeyMetadata?.Arn }],
    });
  });

  it('tells what KMS did by itself, when it was due', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const { DeletionDate } = await kms.send(
      new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId, PendingWindowInDays: 7 }),
    );
    await advance('P8D');
    const [deleted] = await lookUp(named('DeleteKey'));
    expect(deleted?.EventTime?.getTime()).toBe(
      Math.floor((DeletionDate?.getTime() ?? 0) / 1000) * 1000,
    );
    expect(deleted?.record).toMatchObject({
      eventType: 'AwsServiceEvent',
      userIdentity: { invokedBy: 'AWS Internal' },
      responseElements: { keyId: KeyMetadata?.Arn },
      resources: [{ ARN: KeyMetadata?.Arn }],
    });
  });

  it('refuses what AWS refuses', async () => {
    const send = (input: LookupEventsCommandInput) => trail.send(new LookupEventsCommand(input));
    const both = [
      { AttributeKey: 'EventName', AttributeValue: 'Decrypt' },
      { AttributeKey: 'ReadOnly', AttributeValue: 'true' },
    ] as const;
    await expect(send({ LookupAttributes: [...both] })).rejects.toMatchObject({
      name: 'InvalidLookupAttributesException',
    });
    await expect(send({ MaxResults: 51 })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      send({ StartTime: new Date(2_000_000), EndTime: new Date(1_000_000) }),
    ).rejects.toMatchObject({ name: 'InvalidTimeRangeException' });
    const { NextToken } = await send({ MaxResults: 1 });
    expect(NextToken).toBeDefined();
    await expect(send({ ...named('Decrypt'), NextToken })).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });

  it('lets two lookups a second through where quotas are kept', async () => {
    await control('quotas', { enforce: true });
    const once = new CloudTrailClient({
      endpoint: practice.endpoint,
      region,
      credentials: practice,
      maxAttempts: 1,
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => once.send(new LookupEventsCommand({ MaxResults: 1 }))),
    );
    await control('quotas', { enforce: false });
    once.destroy();
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const one of refused) {
      expect((one as PromiseRejectedResult).reason).toMatchObject({
        name: 'ThrottlingException',
        message: 'Rate exceeded',
      });
    }
  });

  it(
    'keeps trails with their settings, selectors, tags and state',
    { timeout: 120_000 },
    async () => {
      await expect(
        trail.send(new CreateTrailCommand({ Name: 'audit', S3BucketName: 'nowhere-at-all' })),
      ).rejects.toMatchObject({
        name: 'S3BucketDoesNotExistException',
        message: 'S3 bucket nowhere-at-all does not exist!',
      });
      await expect(
        trail.send(new DescribeTrailsCommand({ trailNameList: ['audit'] })),
      ).resolves.toMatchObject({ trailList: [] });
      await expect(trail.send(new GetTrailStatusCommand({ Name: 'audit' }))).rejects.toMatchObject({
        name: 'TrailNotFoundException',
        message:
          'Unknown trail: arn:aws:cloudtrail:eu-central-1:111122223333:trail/audit for the user: 111122223333',
      });
      await control('reset', { seed: 'company' });
      const { trailList = [] } = await trail.send(new DescribeTrailsCommand({}));
      const [company] = trailList;
      expect(company).toMatchObject({
        Name: 'company-trail',
        IsMultiRegionTrail: true,
        LogFileValidationEnabled: true,
        HomeRegion: 'eu-central-1',
      });
      const Name = company?.TrailARN ?? '';
      await trail.send(
        new PutEventSelectorsCommand({
          TrailName: Name,
          AdvancedEventSelectors: [
            {
              Name: 'without KMS',
              FieldSelectors: [
                { Field: 'eventCategory', Equals: ['Management'] },
                { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] },
              ],
            },
          ],
        }),
      );
      const selectors = await trail.send(new GetEventSelectorsCommand({ TrailName: Name }));
      expect(selectors.AdvancedEventSelectors?.[0]?.Name).toBe('without KMS');
      await trail.send(new StopLoggingCommand({ Name }));
      // A year of files is delivered in the background; on a busy machine that takes its time.
      await expect
        .poll(() => trail.send(new GetTrailStatusCommand({ Name })), { timeout: 90_000 })
        .toMatchObject({ IsLogging: false, LatestDigestDeliveryTime: expect.any(Date) as Date });
      await trail.send(new StartLoggingCommand({ Name }));
      const { ResourceTagList } = await trail.send(new ListTagsCommand({ ResourceIdList: [Name] }));
      expect(ResourceTagList?.[0]?.TagsList).toEqual([]);
      const { PublicKeyList = [] } = await trail.send(new ListPublicKeysCommand({}));
      expect(PublicKeyList[0]?.Fingerprint).toMatch(/^[0-9a-f]{32}$/);
    },
  );
});
