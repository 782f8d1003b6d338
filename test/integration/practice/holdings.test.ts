import {
  ACMClient,
  DescribeCertificateCommand,
  ListCertificatesCommand,
  type ListCertificatesCommandInput,
} from '@aws-sdk/client-acm';
import {
  BackupClient,
  GetBackupPlanCommand,
  ListBackupVaultsCommand,
} from '@aws-sdk/client-backup';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
} from '@aws-sdk/client-ec2';
import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListServerCertificatesCommand,
} from '@aws-sdk/client-iam';
import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { askControl } from './askControl';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({ seed: 'company' });
});
afterAll(() => practice.close());

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

function config(credentials: Credentials = practice, region = 'eu-central-1') {
  const { endpoint } = practice;
  const { accessKeyId, secretAccessKey } = credentials;
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
}

async function keysOf(name: string): Promise<Credentials> {
  const { users } = await askControl<{ users: (Credentials & { arn: string })[] }>(
    practice,
    'identities',
  );
  return users.find(({ arn }) => arn.endsWith(`:user/${name}`)) ?? expect.fail(name);
}

describe('IAM', () => {
  const details = (iam: IAMClient, input = {}) =>
    iam.send(new GetAccountAuthorizationDetailsCommand(input));

  it('gives who is there page by page, each once, and only the kinds that are asked for', async () => {
    const iam = new IAMClient(config());
    const all = await details(iam, { MaxItems: 1000 });
    const names: (string | undefined)[] = [];
    let marker: string | undefined;
    do {
      const page = await details(iam, { MaxItems: 3, ...(marker && { Marker: marker }) });
      const { UserDetailList = [], RoleDetailList = [], Policies = [] } = page;
      expect(UserDetailList.length + RoleDetailList.length + Policies.length).toBeLessThan(4);
      names.push(...[...UserDetailList, ...RoleDetailList, ...Policies].map(({ Arn }) => Arn));
      expect(page.IsTruncated).toBe(page.Marker !== undefined);
      marker = page.Marker;
    } while (marker !== undefined);
    const { UserDetailList = [], RoleDetailList = [], Policies = [] } = all;
    expect(names).toEqual(
      [...UserDetailList, ...RoleDetailList, ...Policies].map(({ Arn }) => Arn),
    );
    expect(new Set(names).size).toBe(names.length);

    const users = await details(iam, { Filter: ['User'] });
    expect(users).toMatchObject({ RoleDetailList: [], GroupDetailList: [], Policies: [] });
    expect(users.UserDetailList).toHaveLength(UserDetailList.length);
    iam.destroy();
  });

  it.each([{ MaxItems: 0 }, { MaxItems: 1001 }, { Marker: 'nonsense' }, { Filter: ['Nobody'] }])(
    'refuses %j',
    async (input) => {
      const iam = new IAMClient(config());
      await expect(details(iam, input)).rejects.toMatchObject({ name: 'ValidationError' });
      iam.destroy();
    },
  );

  it('makes a credential report before it gives one, and a new one after four hours', async () => {
    const own = await startPractice({ seed: 'empty' });
    const { endpoint, accessKeyId, secretAccessKey } = own;
    const credentials = { accessKeyId, secretAccessKey };
    const iam = new IAMClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
    const get = () => iam.send(new GetCredentialReportCommand({}));
    const generate = () => iam.send(new GenerateCredentialReportCommand({}));
    await expect(get()).rejects.toMatchObject({
      name: 'CredentialReportNotPresentException',
      $metadata: { httpStatusCode: 410 },
    });
    expect(await generate()).toMatchObject({ State: 'STARTED' });
    expect(await generate()).toMatchObject({ State: 'COMPLETE' });
    const { Content = new Uint8Array(), ReportFormat } = await get();
    expect(ReportFormat).toBe('text/csv');
    const [columns, root] = Buffer.from(Content).toString().split('\n');
    expect(columns).toMatch(/^user,arn,user_creation_time,password_enabled,/);
    expect(root).toMatch(/^<root_account>,arn:aws:iam::111122223333:root,/);
    await askControl(own, 'clock', { advance: 'PT4H' });
    await expect(get()).rejects.toMatchObject({ name: 'CredentialReportExpiredException' });
    expect(await generate()).toMatchObject({ State: 'STARTED' });
    iam.destroy();
    await own.close();
  });
});

describe('S3', () => {
  it('tells of a new bucket what AWS has set from the start, and what it does not have', async () => {
    const s3 = new S3Client({ ...config(), forcePathStyle: true });
    const Bucket = 'new-bucket';
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
      }),
    );
    const { ServerSideEncryptionConfiguration } = await s3.send(
      new GetBucketEncryptionCommand({ Bucket }),
    );
    expect(ServerSideEncryptionConfiguration?.Rules).toEqual([
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
        BucketKeyEnabled: false,
      },
    ]);
    const versioning = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    expect(versioning.Status).toBeUndefined();
    const block = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(Object.values(block.PublicAccessBlockConfiguration ?? {})).toEqual([
      true,
      true,
      true,
      true,
    ]);
    for (const [command, name] of [
      [new GetBucketPolicyCommand({ Bucket }), 'NoSuchBucketPolicy'],
      [new GetBucketPolicyStatusCommand({ Bucket }), 'NoSuchBucketPolicy'],
      [new GetBucketTaggingCommand({ Bucket }), 'NoSuchTagSet'],
      [
        new GetPublicAccessBlockCommand({ Bucket: 'brand-assets' }),
        'NoSuchPublicAccessBlockConfiguration',
      ],
      [new GetBucketEncryptionCommand({ Bucket: 'no-such-bucket' }), 'NoSuchBucket'],
    ] as const) {
      await expect(s3.send(command as GetBucketPolicyCommand)).rejects.toMatchObject({
        name,
        $metadata: { httpStatusCode: 404 },
      });
    }
    s3.destroy();
  });

  it('lists buckets page by page, with their Regions where the request has a parameter', async () => {
    const s3 = new S3Client({ ...config(), forcePathStyle: true });
    const plain = await s3.send(new ListBucketsCommand({}));
    expect(plain.Buckets?.every(({ BucketRegion }) => BucketRegion === undefined)).toBe(true);
    const names: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(
        new ListBucketsCommand({ MaxBuckets: 4, ...(ContinuationToken && { ContinuationToken }) }),
      );
      names.push(...(page.Buckets ?? []).map(({ Name }) => Name));
      expect(page.Buckets?.every(({ BucketRegion }) => BucketRegion !== undefined)).toBe(true);
      ({ ContinuationToken } = page);
    } while (ContinuationToken !== undefined);
    expect(names).toEqual(plain.Buckets?.map(({ Name }) => Name));
    const irish = await s3.send(new ListBucketsCommand({ BucketRegion: 'eu-west-1' }));
    expect(irish.Buckets?.map(({ Name }) => Name)).toEqual([
      'backup-copies',
      'brand-assets',
      'legacy-audit-logs',
    ]);
    await expect(s3.send(new ListBucketsCommand({ MaxBuckets: 0 }))).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
    s3.destroy();
  });
});

describe('EC2, RDS, DynamoDB, Secrets Manager, ACM and CloudWatch Logs', () => {
  it('give their lists page by page', async () => {
    const rds = new RDSClient(config());
    const ec2 = new EC2Client(config());
    const tables = new DynamoDBClient(config());
    const secrets = new SecretsManagerClient(config());
    const acm = new ACMClient(config());
    const logs = new CloudWatchLogsClient(config());
    const firstTable = await tables.send(new ListTablesCommand({ Limit: 1 }));
    expect(firstTable).toMatchObject({
      TableNames: ['card-token-map'],
      LastEvaluatedTableName: 'card-token-map',
    });
    const lastTables = await tables.send(
      new ListTablesCommand({ ExclusiveStartTableName: 'card-token-map' }),
    );
    expect(lastTables.TableNames).toEqual(['portal-sessions']);
    expect(lastTables.LastEvaluatedTableName).toBeUndefined();
    const firstSecret = await secrets.send(new ListSecretsCommand({ MaxResults: 1 }));
    expect(firstSecret.SecretList).toHaveLength(1);
    const { NextToken = '' } = firstSecret;
    const rest = await secrets.send(new ListSecretsCommand({ NextToken }));
    expect(rest.SecretList).toHaveLength(1);
    const firstCertificate = await acm.send(new ListCertificatesCommand({ MaxItems: 2 }));
    expect(firstCertificate.CertificateSummaryList).toHaveLength(2);
    expect(firstCertificate.NextToken).toBeDefined();
    const firstGroup = await logs.send(new DescribeLogGroupsCommand({ limit: 1 }));
    expect(firstGroup.logGroups).toHaveLength(1);
    expect(firstGroup.nextToken).toBeDefined();
    const page = await ec2.send(new DescribeVolumesCommand({ MaxResults: 5 }));
    expect(page.Volumes).toHaveLength(4);
    expect(page.NextToken).toBeUndefined();
    for (const client of [rds, ec2, tables, secrets, acm, logs]) client.destroy();
  });

  it('hide certificates of other keys than RSA 2048 from who does not ask for them', async () => {
    const acm = new ACMClient(config(practice, 'us-east-1'));
    const domains = async (input: ListCertificatesCommandInput) => {
      const { CertificateSummaryList = [] } = await acm.send(new ListCertificatesCommand(input));
      return CertificateSummaryList.map(({ DomainName }) => DomainName);
    };
    expect(await domains({})).toEqual(['terminals.payments.example']);
    const keyTypes: ['EC_prime256v1'] = ['EC_prime256v1'];
    expect(await domains({ Includes: { keyTypes } })).toEqual(['checkout.payments.example']);
    acm.destroy();
  });

  it('name what is wrong as AWS does', async () => {
    const acm = new ACMClient(config());
    const ec2 = new EC2Client(config());
    const rds = new RDSClient(config());
    const tables = new DynamoDBClient(config());
    const secrets = new SecretsManagerClient(config());
    const missing = 'arn:aws:acm:eu-central-1:111122223333:certificate/none';
    await expect(
      acm.send(new DescribeCertificateCommand({ CertificateArn: missing })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(
      acm.send(new DescribeCertificateCommand({ CertificateArn: 'nonsense-that-is-no-arn' })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      ec2.send(new DescribeVolumesCommand({ VolumeIds: ['vol-00000000000000000'] })),
    ).rejects.toMatchObject({ name: 'InvalidVolume.NotFound' });
    await expect(ec2.send(new DescribeSnapshotsCommand({ MaxResults: 2 }))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
    await expect(rds.send(new DescribeDBInstancesCommand({ MaxRecords: 5 }))).rejects.toMatchObject(
      { name: 'InvalidParameterValue' },
    );
    await expect(
      rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'none' })),
    ).rejects.toMatchObject({
      name: 'DBInstanceNotFoundFault',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(
      rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: 'none' })),
    ).rejects.toMatchObject({ name: 'DBClusterNotFoundFault' });
    await expect(
      tables.send(new DescribeTableCommand({ TableName: 'none' })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: none not found',
    });
    await expect(
      secrets.send(new ListSecretsCommand({ NextToken: 'nonsense' })),
    ).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
    for (const client of [acm, ec2, rds, tables, secrets]) client.destroy();
  });

  it('have nothing in a Region that the company does not use', async () => {
    const ec2 = new EC2Client(config(practice, 'ap-southeast-2'));
    expect(await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).toMatchObject({
      EbsEncryptionByDefault: false,
    });
    expect(await ec2.send(new DescribeVolumesCommand({}))).toMatchObject({ Volumes: [] });
    ec2.destroy();
  });
});

describe('who may not', () => {
  it("is told so in each service's own words, with the permission", async () => {
    const bruno = config(await keysOf('bruno-auditor'));
    const s3 = new S3Client({ ...bruno, forcePathStyle: true });
    const asked: [() => Promise<unknown>, string, string, number][] = [
      [
        () => new IAMClient(bruno).send(new ListServerCertificatesCommand({})),
        'AccessDenied',
        'iam:ListServerCertificates',
        403,
      ],
      [
        () => s3.send(new GetBucketEncryptionCommand({ Bucket: 'payments-documents' })),
        'AccessDenied',
        's3:GetEncryptionConfiguration',
        403,
      ],
      [
        () => new EC2Client(bruno).send(new DescribeVolumesCommand({})),
        'UnauthorizedOperation',
        'ec2:DescribeVolumes',
        403,
      ],
      [
        () => new RDSClient(bruno).send(new DescribeDBInstancesCommand({})),
        'AccessDenied',
        'rds:DescribeDBInstances',
        403,
      ],
      [
        () => new DynamoDBClient(bruno).send(new ListTablesCommand({})),
        'AccessDeniedException',
        'dynamodb:ListTables',
        400,
      ],
      [
        () => new SecretsManagerClient(bruno).send(new ListSecretsCommand({})),
        'AccessDeniedException',
        'secretsmanager:ListSecrets',
        400,
      ],
      [
        () => new ACMClient(bruno).send(new ListCertificatesCommand({})),
        'AccessDeniedException',
        'acm:ListCertificates',
        400,
      ],
      [
        () => new BackupClient(bruno).send(new ListBackupVaultsCommand({})),
        'AccessDeniedException',
        'backup:ListBackupVaults',
        403,
      ],
      [
        () => new BackupClient(bruno).send(new GetBackupPlanCommand({ BackupPlanId: 'any' })),
        'AccessDeniedException',
        'backup:GetBackupPlan',
        403,
      ],
    ];
    for (const [send, name, permission, status] of asked) {
      await expect(send()).rejects.toMatchObject({
        name,
        message: expect.stringContaining(
          `User: arn:aws:iam::111122223333:user/bruno-auditor is not authorized to perform: ${permission}`,
        ) as string,
        $metadata: { httpStatusCode: status },
      });
    }
  });

  it('of another account sees that account alone', async () => {
    const partner = config(await keysOf('partner-operator'));
    const iam = new IAMClient(partner);
    const { UserDetailList = [] } = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
    expect(UserDetailList.map(({ Arn }) => Arn?.split(':')[4])).toEqual([
      '444455556666',
      '444455556666',
    ]);
    const ec2 = new EC2Client(partner);
    expect(await ec2.send(new DescribeVolumesCommand({}))).toMatchObject({ Volumes: [] });
    iam.destroy();
    ec2.destroy();
  });
});
