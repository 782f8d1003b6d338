import type { Collections } from '../account/collections';
import { openBuckets, type BucketSettings } from '../s3/buckets';
import type { KeyArnOf } from './companyHoldings';

/** The company's buckets with their settings, those of its trails and of Athena among them. */
export function companyBuckets({
  state,
  home,
  second,
  third,
  ago,
  keyArn,
}: {
  readonly state: Collections;
  readonly home: string;
  readonly second: string;
  readonly third: string;
  readonly ago: (days: number) => number;
  readonly keyArn: KeyArnOf;
}): void {
  const buckets = openBuckets(state);
  const own = (region: string, alias: string, bucketKey = true): BucketSettings => ({
    encryption: { algorithm: 'aws:kms', keyId: keyArn(region, alias), bucketKey },
    versioning: 'Enabled',
  });
  const add = (
    name: string,
    region: string,
    days: number,
    settings: BucketSettings,
    ...statements: object[]
  ) => {
    const policy =
      statements.length > 0 && JSON.stringify({ Version: '2012-10-17', Statement: statements });
    buckets.create({
      name,
      region,
      createdAt: ago(days),
      settings: { ...settings, ...(policy && { policy }) },
    });
  };
  const trail = 'company-cloudtrail-logs';
  add(trail, home, 1390, own(home, 'prod/audit-log'), byCloudTrail(trail), overTls(trail));
  const legacy = 'legacy-audit-logs';
  add(legacy, second, 130, {}, byCloudTrail(legacy));
  const well = (name: string, region: string, days: number, settings: BucketSettings) =>
    add(name, region, days, settings, overTls(name));
  well('payments-documents', home, 1250, {
    ...own(home, 'prod/payments'),
    tags: { Environment: 'production', DataClass: 'restricted' },
  });
  well('payments-data-lake', home, 820, {
    ...own(home, 'prod/data-lake', false),
    tags: { Environment: 'production', Owner: 'data-team' },
  });
  well('payments-exports', home, 640, { versioning: 'Suspended' });
  well('payments-archive-2022', home, 1010, own(home, 'archive/2022'));
  well('backup-copies', second, 1000, own(second, 'prod/dr-backups'));
  well('checkout-receipts', third, 430, own(third, 'prod/checkout'));
  well('company-athena-results', home, 300, own(home, 'prod/audit-log'));
  // No key named: the AWS managed one.
  add('payments-uploads', home, 540, {
    encryption: { algorithm: 'aws:kms', bucketKey: true },
    versioning: 'Enabled',
  });
  const open = 'brand-assets';
  add(
    open,
    second,
    700,
    {
      publicAccessBlock: 'none',
      acl: 'public-read',
      versioning: 'Enabled',
      tags: { DataClass: 'public' },
    },
    {
      Sid: 'AnyoneReads',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${open}/*`,
    },
    overTls(open),
  );
}

function overTls(bucket: string): object {
  return {
    Sid: 'OverTlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

function byCloudTrail(bucket: string): object {
  return {
    Sid: 'CloudTrailWrites',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: ['s3:GetBucketAcl', 's3:PutObject'],
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/AWSLogs/*`],
  };
}
