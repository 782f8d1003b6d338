import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateGrantCommand,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  KMSClient,
  ListKeysCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
  type Credentials,
} from '@aws-sdk/client-sts';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { askControl } from './askControl';

interface Shown {
  readonly arn: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly mfa?: { readonly serialNumber: string; readonly code: string };
}

let practice: Practice;
const clients: { destroy(): void }[] = [];

beforeAll(async () => {
  practice = await startPractice({ seed: 'company' });
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await practice.close();
});

const control = <T>(path: string, body?: object) => askControl<T>(practice, path, body);

async function user(name: string): Promise<Shown> {
  const { users } = await control<{ users: Shown[] }>('identities');
  const found = users.find(({ arn }) => arn.endsWith(`:user/${name}`));
  if (!found) throw new Error(`no ${name}`);
  return found;
}

const configOf = (credentials: { accessKeyId: string; secretAccessKey: string }) => ({
  endpoint: practice.endpoint,
  region: 'eu-central-1',
  credentials,
  maxAttempts: 1,
});

function kmsOf(credentials: Parameters<typeof configOf>[0]): KMSClient {
  const client = new KMSClient(configOf(credentials));
  clients.push(client);
  return client;
}
function stsOf(credentials: Parameters<typeof configOf>[0]): STSClient {
  const client = new STSClient(configOf(credentials));
  clients.push(client);
  return client;
}
const temporary = (credentials: Credentials | undefined) => ({
  accessKeyId: credentials?.AccessKeyId ?? '',
  secretAccessKey: credentials?.SecretAccessKey ?? '',
  sessionToken: credentials?.SessionToken ?? '',
});
const operator = () => kmsOf(practice);

describe('the people of the practice account, as the AWS SDK signs for them', () => {
  it('are listed with their access keys for the operator alone', async () => {
    const { users } = await control<{ users: Shown[] }>('identities');
    expect(users.map(({ arn }) => arn.split(':user/')[1])).toEqual([
      'practice-operator',
      'partner-operator',
      'alice-admin',
      'bruno-auditor',
      'carla-developer',
      'dora-oncall',
      'nora-analyst',
    ]);
    const refused = await fetch(`${practice.endpoint}/_practice/identities`);
    expect(refused.status).toBe(401);
  });

  it.each(['practice-operator', 'alice-admin', 'nora-analyst'])(
    '%s is who STS says',
    async (name) => {
      const shown = await user(name);
      const identity = await stsOf(shown).send(new GetCallerIdentityCommand({}));
      expect(identity.Arn).toBe(shown.arn);
      expect(identity.UserId).toMatch(/^AIDA/);
    },
  );

  it('an auditor looks and does nothing', async () => {
    const auditor = await user('bruno-auditor');
    const kms = kmsOf(auditor);
    const { Keys } = await kms.send(new ListKeysCommand({}));
    const { KeyMetadata: key } = await kms.send(
      new DescribeKeyCommand({ KeyId: 'alias/prod/payments' }),
    );
    expect(Keys?.length).toBeGreaterThan(20);
    await expect(kms.send(new DisableKeyCommand({ KeyId: key?.Arn }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${auditor.arn} is not authorized to perform: kms:DisableKey on resource: ${key?.Arn} because no identity-based policy allows the kms:DisableKey action`,
    });
  });

  it('an application takes its role and uses its keys only', async () => {
    const developer = await user('carla-developer');
    const { Credentials, AssumedRoleUser } = await stsOf(developer).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${practice.accountId}:role/payments-app`,
        RoleSessionName: 'checkout',
        DurationSeconds: 7200,
      }),
    );
    expect(AssumedRoleUser?.Arn).toBe(
      `arn:aws:sts::${practice.accountId}:assumed-role/payments-app/checkout`,
    );
    const app = kmsOf(temporary(Credentials));
    const input = { KeySpec: 'AES_256' as const, EncryptionContext: { order: '1' } };
    const made = await app.send(
      new GenerateDataKeyCommand({ KeyId: 'alias/prod/payments', ...input }),
    );
    expect(made.Plaintext).toHaveLength(32);
    await expect(
      app.send(new GenerateDataKeyCommand({ KeyId: 'alias/prod/ledger', ...input })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('break-glass opens with a code of the MFA device', async () => {
    const dora = await user('dora-oncall');
    const sts = stsOf(dora);
    const wanted = {
      RoleArn: `arn:aws:iam::${practice.accountId}:role/break-glass`,
      RoleSessionName: 'incident',
    };
    await expect(sts.send(new AssumeRoleCommand(wanted))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${dora.arn} is not authorized to perform: sts:AssumeRole on resource: ${wanted.RoleArn}`,
    });
    const proof = { SerialNumber: dora.mfa?.serialNumber, TokenCode: dora.mfa?.code };
    const { Credentials } = await sts.send(new AssumeRoleCommand({ ...wanted, ...proof }));
    const kms = kmsOf(temporary(Credentials));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId }));
  });

  it('the board’s papers are for the secretary', async () => {
    const admin = await user('alice-admin');
    await expect(
      kmsOf(admin).send(
        new EncryptCommand({ KeyId: 'alias/office/board-papers', Plaintext: Buffer.from('x') }),
      ),
    ).rejects.toMatchObject({
      message: expect.stringContaining('because no resource-based policy allows') as string,
    });
    const { Credentials } = await stsOf(admin).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${practice.accountId}:role/board-secretary`,
        RoleSessionName: 'minutes',
      }),
    );
    const { CiphertextBlob } = await kmsOf(temporary(Credentials)).send(
      new EncryptCommand({ KeyId: 'alias/office/board-papers', Plaintext: Buffer.from('x') }),
    );
    expect(CiphertextBlob).toBeDefined();
  });

  it('the analytics company reads the key that is shared with it, by its ARN', async () => {
    const { KeyMetadata: key } = await operator().send(
      new DescribeKeyCommand({ KeyId: 'alias/prod/analytics-share' }),
    );
    const { CiphertextBlob } = await operator().send(
      new EncryptCommand({ KeyId: key?.Arn, Plaintext: Buffer.from('figures') }),
    );
    const nora = kmsOf(await user('nora-analyst'));
    const opened = await nora.send(new DecryptCommand({ CiphertextBlob }));
    expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('figures');
    await expect(
      nora.send(new DescribeKeyCommand({ KeyId: 'alias/prod/analytics-share' })),
    ).rejects.toMatchObject({ name: 'NotFoundException' });
    const { KeyMetadata: other } = await operator().send(new CreateKeyCommand({}));
    await expect(nora.send(new DescribeKeyCommand({ KeyId: other?.Arn }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'on this resource because the resource does not exist in this Region',
      ) as string,
    });
  });

  it('a grant opens a key for another account’s user who may use it at home', async () => {
    const partner = await user('partner-operator');
    const { KeyMetadata: key } = await operator().send(new CreateKeyCommand({}));
    const input = { KeyId: key?.Arn, Plaintext: Buffer.from('x') };
    await expect(kmsOf(partner).send(new EncryptCommand(input))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await operator().send(
      new CreateGrantCommand({
        KeyId: key?.Arn,
        GranteePrincipal: partner.arn,
        Operations: ['Encrypt'],
      }),
    );
    await expect(kmsOf(partner).send(new EncryptCommand(input))).resolves.toHaveProperty(
      'KeyId',
      key?.Arn,
    );
  });

  it('a policy that would lock everybody out is refused', async () => {
    const { KeyMetadata: key } = await operator().send(new CreateKeyCommand({}));
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: (await user('bruno-auditor')).arn },
      Action: 'kms:*',
      Resource: '*',
    };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await expect(
      operator().send(new PutKeyPolicyCommand({ KeyId: key?.Arn, Policy })),
    ).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.',
    });
  });

  // Last: it moves the clock.
  it('temporary credentials need their token, and expire', async () => {
    const { Credentials } = await stsOf(await user('alice-admin')).send(
      new GetSessionTokenCommand({ DurationSeconds: 900 }),
    );
    const kms = kmsOf(temporary(Credentials));
    await kms.send(new ListKeysCommand({}));
    const { sessionToken: _, ...untold } = temporary(Credentials);
    await expect(kmsOf(untold).send(new ListKeysCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    await control('clock', { advance: 'PT15M' });
    await expect(kms.send(new ListKeysCommand({}))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
    await expect(
      stsOf(temporary(Credentials)).send(new GetCallerIdentityCommand({})),
    ).rejects.toMatchObject({
      message: 'The security token included in the request is expired',
    });
  });
});
