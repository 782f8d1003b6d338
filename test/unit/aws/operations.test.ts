import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { GetDomainNamesCommand } from '@aws-sdk/client-api-gateway';
import { GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { ListBackupVaultsCommand } from '@aws-sdk/client-backup';
import { ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { DescribeListenersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { GenerateCredentialReportCommand } from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { GetPublicAccessBlockCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { operationOf, permissionFor } from '../../../electron/aws/operations';
import { quotaOf } from '../../../electron/aws/quotas';

type CommandClass = new (input: object) => { readonly input: object };
const commands = Object.entries(kms as unknown as Record<string, CommandClass>)
  .filter(([name]) => name.endsWith('Command') && !name.startsWith('$'))
  .map(([name, Command]) => ({ name: name.replace(/Command$/, ''), command: new Command({}) }));

describe('an operation', () => {
  it('is read from every command of KMS', () => {
    expect(commands.length).toBeGreaterThanOrEqual(56);
    for (const { name, command } of commands) {
      expect(operationOf(command)).toMatchObject({ service: 'kms', operation: name });
    }
  });

  it('writes unless it is known to change nothing', () => {
    const writes = commands.filter(({ command }) => operationOf(command).writes);
    expect(writes.map(({ name }) => name).sort()).toEqual([
      'CancelKeyDeletion',
      'ConnectCustomKeyStore',
      'CreateAlias',
      'CreateCustomKeyStore',
      'CreateGrant',
      'CreateKey',
      'DeleteAlias',
      'DeleteCustomKeyStore',
      'DeleteImportedKeyMaterial',
      'DisableKey',
      'DisableKeyRotation',
      'DisconnectCustomKeyStore',
      'EnableKey',
      'EnableKeyRotation',
      'ImportKeyMaterial',
      'PutKeyPolicy',
      'ReplicateKey',
      'RetireGrant',
      'RevokeGrant',
      'RotateKeyOnDemand',
      'ScheduleKeyDeletion',
      'TagResource',
      'UntagResource',
      'UpdateAlias',
      'UpdateCustomKeyStore',
      'UpdateKeyDescription',
      'UpdatePrimaryRegion',
    ]);
  });

  it('with DryRun writes nothing', () => {
    const command = new kms.RevokeGrantCommand({ KeyId: 'k', GrantId: 'g', DryRun: true });
    expect(operationOf(command).writes).toBe(false);
  });

  it('of another service is known too, and nothing else is', () => {
    expect(operationOf(new GetCallerIdentityCommand({})).name).toBe('sts:GetCallerIdentity');
    expect(operationOf(new LookupEventsCommand({})).name).toBe('cloudtrail:LookupEvents');
    expect(() => operationOf({ input: {} })).toThrow();
  });

  it.each([
    ['iam:GenerateCredentialReport', new GenerateCredentialReportCommand({}), 20],
    ['ec2:DescribeVolumes', new DescribeVolumesCommand({}), 20],
    ['rds:DescribeDBInstances', new DescribeDBInstancesCommand({}), 10],
    ['dynamodb:ListTables', new ListTablesCommand({}), 50],
    ['secretsmanager:ListSecrets', new ListSecretsCommand({}), 100],
    ['acm:ListCertificates', new ListCertificatesCommand({}), 8],
    ['backup:ListBackupVaults', new ListBackupVaultsCommand({}), 10],
    ['s3:ListBuckets', new ListBucketsCommand({}), 100],
    ['s3:GetPublicAccessBlock', new GetPublicAccessBlockCommand({ Bucket: 'b' }), 100],
  ])('%s reads how things are kept, writes nothing, and has a quota', (name, command, rate) => {
    const operation = operationOf(command);
    expect(operation).toMatchObject({ name, writes: false });
    const { perSecond } = quotaOf(operation.service, operation.operation, 'eu-central-1');
    expect(perSecond).toBe(rate);
  });

  it('of S3 needs permissions that are not named as it is', () => {
    expect(permissionFor('s3:ListBuckets')).toBe('s3:ListAllMyBuckets');
    expect(permissionFor('s3:GetBucketEncryption')).toBe('s3:GetEncryptionConfiguration');
    expect(permissionFor('s3:GetPublicAccessBlock')).toBe('s3:GetBucketPublicAccessBlock');
    expect(permissionFor('s3:GetBucketPolicy')).toBe('s3:GetBucketPolicy');
  });

  it.each([
    ['elasticloadbalancing:DescribeListeners', new DescribeListenersCommand({})],
    ['cloudfront:ListDistributions', new ListDistributionsCommand({})],
    ['apigateway:GetDomainNames', new GetDomainNamesCommand({})],
    ['apigatewayv2:GetApis', new GetApisCommand({})],
  ])('%s finds endpoints, writes nothing, and has a quota', (name, command) => {
    const operation = operationOf(command);
    expect(operation).toMatchObject({ name, writes: false });
    const { perSecond } = quotaOf(operation.service, operation.operation, 'eu-central-1');
    expect(perSecond).toBeLessThanOrEqual(10);
    const permission = name.startsWith('apigateway') ? 'apigateway:GET' : name;
    expect(permissionFor(name)).toBe(permission);
  });
});

describe('a quota', () => {
  const rate = (operation: string, region = 'eu-north-1', input = {}) =>
    quotaOf('kms', operation, region, input).perSecond;

  it('is finite and positive for every operation of KMS', () => {
    for (const { name } of commands) {
      expect(rate(name)).toBeGreaterThan(0);
      expect(rate(name)).toBeLessThanOrEqual(100_000);
    }
  });

  it.each([
    ['DescribeKey', 2000],
    ['ListKeys', 500],
    ['GetKeyPolicy', 1000],
    ['ListGrants', 100],
    ['ListKeyRotations', 100],
    ['CreateGrant', 50],
    ['PutKeyPolicy', 15],
    ['TagResource', 10],
    ['GetKeyLastUsage', 5],
    ['CreateKey', 5],
    ['GetParametersForImport', 1],
    ['SomethingNew', 5],
  ])('of %s is %i', (operation, perSecond) => {
    expect(rate(operation)).toBe(perSecond);
  });

  it('of symmetric keys is shared by their operations and depends on the Region', () => {
    const groups = ['Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateRandom', 'ReEncrypt'];
    expect(new Set(groups.map((name) => quotaOf('kms', name, 'us-east-1').group)).size).toBe(1);
    expect(
      ['eu-north-1', 'eu-central-1', 'us-east-1'].map((region) => rate('Decrypt', region)),
    ).toEqual([10_000, 20_000, 100_000]);
  });

  it('of asymmetric keys goes by the algorithm', () => {
    const group = (input: object) => quotaOf('kms', 'Sign', 'us-east-1', { ...input }).group;
    expect(group({ SigningAlgorithm: 'RSASSA_PSS_SHA_256' })).toBe('CryptographicOperationsRsa');
    expect(group({ SigningAlgorithm: 'ECDSA_SHA_256' })).toBe('CryptographicOperationsEcc');
    expect(group({ SigningAlgorithm: 'ML_DSA_SHAKE_256' })).toBe('CryptographicOperationsMlDsa');
    expect(rate('Decrypt', 'us-east-1', { EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' })).toBe(1000);
    expect(rate('GenerateDataKeyPair', 'us-east-1', { KeyPairSpec: 'RSA_4096' })).toBe(1);
  });
});
