import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateKeyCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListKeyRotationsCommand,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { startPractice, type Practice } from '../../../electron/practice/index';

let practice: Practice;
let kms: KMSClient;

beforeAll(async () => {
  practice = await startPractice({ seed: 'empty' });
  const { endpoint, accessKeyId, secretAccessKey } = practice;
  kms = new KMSClient({
    endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  kms.destroy();
  await practice.close();
});
beforeEach(async () => {
  await control('POST', 'reset', {});
});

async function control(method: string, path: string, body?: unknown, password?: string) {
  const user = `${practice.accessKeyId}:${password ?? practice.secretAccessKey}`;
  const response = await fetch(`${practice.endpoint}/_practice/${path}`, {
    method,
    headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the controls of the practice account', () => {
  it('moves the clock, and what falls due on the way happens', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId;
    await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    const before = await practice.now();
    const { body } = await control('POST', 'clock', { advance: 'P200D' });
    const moved = Date.parse(String(body['now'])) - before.getTime();
    expect(moved).toBeGreaterThanOrEqual(200 * 86_400_000);
    expect(moved).toBeLessThan(200 * 86_400_000 + 60_000);
    const { Rotations = [] } = await kms.send(new ListKeyRotationsCommand({ KeyId }));
    expect(Rotations).toHaveLength(2);
  });

  it('sets the clock to a date', async () => {
    expect((await control('POST', 'clock', { set: '2030-06-01T00:00:00Z' })).status).toBe(200);
    expect((await practice.now()).toISOString().slice(0, 16)).toBe('2030-06-01T00:00');
    expect((await control('GET', 'clock')).body['now']).toMatch(/^2030-06-01T00:0/);
  });

  it("takes permissions away in AWS's words, and gives them back", async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId;
    await control('POST', 'deny', { operations: ['kms:GetKeyRotationStatus', 'kms:ListKeys'] });
    await expect(kms.send(new GetKeyRotationStatusCommand({ KeyId }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:iam::111122223333:user/practice-operator is not authorized to perform: kms:GetKeyRotationStatus on resource: ${KeyMetadata?.Arn} because no identity-based policy allows the kms:GetKeyRotationStatus action`,
    });
    await expect(kms.send(new ListKeysCommand({}))).rejects.toMatchObject({
      message: expect.stringContaining('kms:ListKeys on resource: *') as string,
    });
    await kms.send(new DescribeKeyCommand({ KeyId }));
    await control('POST', 'deny', { operations: [] });
    await kms.send(new ListKeysCommand({}));
  });

  it('empties the account and sets its clock right', async () => {
    await kms.send(new CreateKeyCommand({}));
    await control('POST', 'clock', { advance: 'P10Y' });
    expect((await control('POST', 'reset', {})).body).toEqual({ reset: true });
    expect((await kms.send(new ListKeysCommand({}))).Keys).toEqual([]);
    expect(Math.abs((await practice.now()).getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('keeps quotas when told to', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    const KeyId = KeyMetadata?.KeyId;
    await control('POST', 'quotas', { enforce: true });
    const calls = Array.from({ length: 40 }, () =>
      kms.send(new EnableKeyRotationCommand({ KeyId })).then(
        () => 'ok',
        (error: Error) => `${error.name}: ${error.message}`,
      ),
    );
    const outcomes = await Promise.all(calls);
    expect(outcomes).toContain(
      'ThrottlingException: You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    );
    expect(outcomes.filter((one) => one === 'ok').length).toBeGreaterThanOrEqual(15);
    await control('POST', 'quotas', { enforce: false });
  });

  it('answers nobody without the key pair, and says what is wrong with a body', async () => {
    expect((await control('POST', 'reset', {}, 'wrong')).status).toBe(401);
    expect((await fetch(`${practice.endpoint}/_practice/clock`)).status).toBe(401);
    for (const [path, body] of [
      ['clock', {}],
      ['clock', { advance: 'ninety days' }],
      ['clock', { advance: `P${'9'.repeat(20)}Y` }],
      ['clock', 'no json'],
      ['deny', { operations: 'kms:*' }],
      ['reset', { seed: 'nothing' }],
      ['quotas', {}],
    ] as const) {
      const answer = await control('POST', path, body);
      expect(answer.status).toBe(400);
      expect(answer.body['error']).toEqual(expect.any(String));
    }
    expect((await control('GET', 'nothing')).status).toBe(404);
  });
});
