import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  CloudTrailClient,
  CreateTrailCommand,
  ListPublicKeysCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { askControl } from '../practice/askControl';

export const region = 'eu-central-1';
export const bucket = 'audit-logs';

export interface TrailAccount {
  readonly practice: Practice;
  readonly s3: S3Client;
  /** Keys of all objects, sorted. */
  keys(): Promise<string[]>;
  put(key: string, body: Buffer | string, metadata?: Record<string, string>): Promise<void>;
  /** Copies the bucket into a folder as `aws s3 sync` does, and the public keys into a file beside it. */
  copyTo(folder: string): Promise<string>;
  advance(duration: string): Promise<void>;
  close(): Promise<void>;
}

/** A practice account whose trail has written log files and digests for `hours` hours, a key made in each. */
export async function trailAccount(hours: number): Promise<TrailAccount> {
  const practice = await startPractice({ seed: 'empty' });
  const { endpoint, accessKeyId, secretAccessKey } = practice;
  const config = { region, endpoint, credentials: { accessKeyId, secretAccessKey } };
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const trail = new CloudTrailClient(config);
  const kms = new KMSClient(config);

  async function advance(duration: string): Promise<void> {
    await askControl(practice, 'clock', { advance: duration });
  }

  async function keys(): Promise<string[]> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.flatMap(({ Key }) => Key ?? []).sort();
  }

  await s3.send(
    new CreateBucketCommand({
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: region },
    }),
  );
  const Name = 'audit';
  await trail.send(
    new CreateTrailCommand({ Name, S3BucketName: bucket, EnableLogFileValidation: true }),
  );
  await trail.send(new StartLoggingCommand({ Name }));
  for (let hour = 0; hour < hours; hour += 1) {
    await kms.send(new CreateKeyCommand({ Description: `hour ${hour}` }));
    await advance('PT1H');
  }
  await advance('PT2H');

  return {
    practice,
    s3,
    keys,
    advance,
    async put(key, body, metadata) {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ...(metadata && { Metadata: metadata }),
        }),
      );
    },
    async copyTo(folder) {
      for (const key of await keys()) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        mkdirSync(dirname(join(folder, key)), { recursive: true });
        writeFileSync(join(folder, key), (await Body?.transformToByteArray()) ?? '');
      }
      const list = await trail.send(
        new ListPublicKeysCommand({ StartTime: new Date(0), EndTime: await practice.now() }),
      );
      const file = join(folder, 'keys.json');
      const PublicKeyList = (list.PublicKeyList ?? []).map(({ Value, Fingerprint }) => ({
        Value: Buffer.from(Value ?? []).toString('base64'),
        Fingerprint,
      }));
      writeFileSync(file, JSON.stringify({ PublicKeyList }));
      return file;
    },
    async close() {
      for (const client of [s3, trail, kms]) client.destroy();
      await practice.close();
    },
  };
}
