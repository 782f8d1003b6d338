import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';

/** Debian's; another `aws` may stand earlier in the PATH. */
const awsPath = '/usr/bin/aws';

let practice: Practice;
let folder: string;

beforeAll(async () => {
  practice = await startPractice({ seed: 'empty' });
  folder = await mkdtemp(join(tmpdir(), 'practice-awscli-'));
});
afterAll(async () => {
  await practice.close();
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function aws(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const all = ['--endpoint-url', practice.endpoint, '--output', 'json', '--no-cli-pager', ...args];
  return new Promise((resolve) => {
    execFile(
      awsPath,
      all,
      {
        cwd: folder,
        env: {
          HOME: folder,
          PATH: '/usr/bin:/bin',
          AWS_ACCESS_KEY_ID: practice.accessKeyId,
          AWS_SECRET_ACCESS_KEY: practice.secretAccessKey,
          AWS_DEFAULT_REGION: 'eu-central-1',
          AWS_EC2_METADATA_DISABLED: 'true',
          ...env,
        },
      },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
  });
}

async function kms(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await aws(['kms', ...args]);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout === '' ? '{}' : stdout) as Record<string, unknown>;
}

// A call of the AWS CLI takes seconds on a busy machine: Python starts anew each time.
describe("Debian's AWS CLI against the practice account", { timeout: 240_000 }, () => {
  it('creates, lists, encrypts, decrypts and schedules deletion', async () => {
    const created = (await kms('create-key', '--description', 'from the CLI')) as {
      KeyMetadata: { KeyId: string; Arn: string };
    };
    const { KeyId: keyId, Arn: arn } = created.KeyMetadata;
    expect(await kms('list-keys')).toMatchObject({ Keys: [{ KeyId: keyId, KeyArn: arn }] });

    await writeFile(join(folder, 'plain'), 'a secret line\n');
    const context = ['--encryption-context', 'Purpose=test'];
    const { CiphertextBlob } = await kms(
      'encrypt',
      '--key-id',
      keyId,
      '--plaintext',
      'fileb://plain',
      ...context,
    );
    await writeFile(join(folder, 'sealed'), Buffer.from(String(CiphertextBlob), 'base64'));
    const opened = await kms('decrypt', '--ciphertext-blob', 'fileb://sealed', ...context);
    expect(opened['KeyId']).toBe(arn);
    expect(Buffer.from(String(opened['Plaintext']), 'base64').toString()).toBe(
      await readFile(join(folder, 'plain'), 'utf8'),
    );

    await kms('create-alias', '--alias-name', 'alias/cli', '--target-key-id', keyId);
    await kms('tag-resource', '--key-id', keyId, '--tags', 'TagKey=Owner,TagValue=cli');
    expect(await kms('list-resource-tags', '--key-id', keyId)).toMatchObject({
      Tags: [{ TagKey: 'Owner', TagValue: 'cli' }],
    });
    expect(
      await kms('schedule-key-deletion', '--key-id', keyId, '--pending-window-in-days', '7'),
    ).toMatchObject({ KeyId: arn, KeyState: 'PendingDeletion' });
    expect(await kms('cancel-key-deletion', '--key-id', keyId)).toEqual({ KeyId: arn });
  });

  it('says what AWS says when it refuses', async () => {
    const { code, stderr } = await aws(['kms', 'describe-key', '--key-id', 'alias/nowhere']);
    expect(code).toBe(254);
    expect(stderr).toContain(
      'An error occurred (NotFoundException) when calling the DescribeKey operation: Alias arn:aws:kms:eu-central-1:111122223333:alias/nowhere is not found.',
    );
  });

  it('is refused with a wrong secret, an unknown key, and the wrong service', async () => {
    const wrong = await aws(['kms', 'list-keys'], { AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) });
    expect(wrong.code).toBe(254);
    expect(wrong.stderr).toContain('(InvalidSignatureException)');
    const unknown = await aws(['kms', 'list-keys'], { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWNUNKNOWN00' });
    expect(unknown.stderr).toContain(
      '(UnrecognizedClientException) when calling the ListKeys operation: The security token included in the request is invalid.',
    );
    const other = await aws(['ssm', 'describe-parameters']);
    expect(other.stderr).toContain("Credential should be scoped to correct service: 'kms'.");
  });

  it('is told who it is', async () => {
    const { stdout } = await aws(['sts', 'get-caller-identity']);
    expect(JSON.parse(stdout)).toEqual({
      UserId: expect.any(String) as string,
      Account: '111122223333',
      Arn: 'arn:aws:iam::111122223333:user/practice-operator',
    });
    const wrong = await aws(['sts', 'get-caller-identity'], {
      AWS_SECRET_ACCESS_KEY: 'x'.repeat(40),
    });
    expect(wrong.stderr).toContain('(SignatureDoesNotMatch)');
  });

  it('reads what the company keeps', async () => {
    const company = await startPractice({ seed: 'company' });
    const env = {
      AWS_ACCESS_KEY_ID: company.accessKeyId,
      AWS_SECRET_ACCESS_KEY: company.secretAccessKey,
    };
    const read = async (...args: string[]) => {
      // The later address counts.
      const { code, stdout, stderr } = await aws(
        ['--endpoint-url', company.endpoint, ...args],
        env,
      );
      if (code !== 0) throw new Error(stderr);
      return JSON.parse(stdout) as Record<string, unknown[]>;
    };
    try {
      const details = await read('iam', 'get-account-authorization-details', '--filter', 'User');
      expect(details['UserDetailList']).toHaveLength(5);
      const volumes = await read('ec2', 'describe-volumes', '--max-results', '5');
      expect(volumes['Volumes']).toHaveLength(4);
      const instances = await read('rds', 'describe-db-instances');
      expect(instances['DBInstances']).toHaveLength(6);
      const tables = await read('dynamodb', 'list-tables');
      expect(tables['TableNames']).toEqual(['card-token-map', 'portal-sessions']);
      const encryption = await read(
        's3api',
        'get-bucket-encryption',
        '--bucket',
        'payments-exports',
      );
      expect(encryption['ServerSideEncryptionConfiguration']).toMatchObject({
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      });
      const certificates = await read('acm', 'list-certificates', '--max-items', '2');
      expect(certificates['CertificateSummaryList']).toHaveLength(2);
      const secrets = await read('secretsmanager', 'list-secrets');
      expect(secrets['SecretList']).toHaveLength(2);
    } finally {
      await company.close();
    }
  });
});
