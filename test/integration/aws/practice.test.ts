import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';
import type { ChosenConnection } from '../../../electron/aws/types';
import { openWorld, type World } from './loopback';

let practice: Practice;
let world: World;
let chosen: readonly ChosenConnection[] | undefined;
let percent = 100;

beforeAll(async () => {
  practice = await startPractice({ seed: 'empty', enforceQuotas: true });
  world = await openWorld(
    {},
    {
      practice,
      realAccounts: { allowed: false },
      quotaPercent: () => percent,
      chosen: {
        read: () => chosen,
        write: (next) => {
          chosen = next;
        },
      },
      // One attempt: whatever the practice account throttles fails its test.
      tuning: { throttledAttempts: 1, requestTimeoutMs: 20_000 },
    },
  );
});
afterAll(async () => {
  await world.close();
  await practice.close();
});

const target = { connection: 'practice', region: 'eu-central-1' };
const context = { signal: new AbortController().signal, progress: () => {} };

describe('the practice account', () => {
  it('is the one connection, chosen with its Regions where nothing was chosen', async () => {
    const { connections } = await world.aws.handlers.list(undefined, context);
    expect(connections).toMatchObject([
      { id: 'practice', kind: 'practice', chosen: true, regions: [...practice.regions] },
    ]);
  });

  it('says who we are', async () => {
    const identity = await world.aws.handlers.identify({ connection: 'practice' }, context);
    expect(identity.accountId).toBe(practice.accountId);
    expect(identity.arn).toContain(practice.accountId);
  });

  it('names its Regions for people', async () => {
    const { regions } = await world.aws.handlers.regions({ connection: 'practice' }, context);
    expect(regions).toContainEqual({ id: 'eu-central-1', name: 'Europe (Frankfurt)' });
  });

  it('takes writes through the gateway, each on record with its request id', async () => {
    const created = await world.aws.gateway.send(target, new CreateKeyCommand({}));
    const KeyId = created.output.KeyMetadata?.KeyId;
    await world.aws.gateway.send(target, new EnableKeyRotationCommand({ KeyId }));
    const status = await world.aws.gateway.send(target, new GetKeyRotationStatusCommand({ KeyId }));
    expect(status.output.KeyRotationEnabled).toBe(true);
    const done = world.writes.filter(({ outcome }) => outcome === 'ok');
    expect(done.map(({ what }) => what)).toEqual(['kms:CreateKey', 'kms:EnableKeyRotation']);
    expect(done.every(({ requestId, principal }) => requestId && principal)).toBe(true);
    expect(done[0]?.facts['resultKeyId']).toContain(KeyId);
  });

  it('refuses in AWS’s words, each with its code', async () => {
    const { output } = await world.aws.gateway.send(target, new CreateKeyCommand({}));
    const KeyId = output.KeyMetadata?.KeyId;
    await world.aws.gateway.send(target, new DisableKeyCommand({ KeyId }));
    const encrypt = new EncryptCommand({ KeyId, Plaintext: Buffer.from('x') });
    await expect(world.aws.gateway.send(target, encrypt)).rejects.toMatchObject({
      code: 'wrong-state',
      message: expect.stringContaining('is disabled') as string,
    });
    await world.aws.gateway.send(target, new ScheduleKeyDeletionCommand({ KeyId }));
    await expect(
      world.aws.gateway.send(target, new ScheduleKeyDeletionCommand({ KeyId })),
    ).rejects.toMatchObject({ code: 'wrong-state' });
    await expect(
      world.aws.gateway.send(
        target,
        new DescribeKeyCommand({ KeyId: '00000000-0000-0000-0000-000000000000' }),
      ),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('dates answers by its own clock', async () => {
    const { asOf } = await world.aws.gateway.send(target, new ListKeysCommand({}));
    const now = await practice.now();
    expect(Math.abs(Date.parse(asOf) - now.getTime())).toBeLessThan(60_000);
  });

  it('with wrong keys does not let us in', async () => {
    const other = await openWorld(
      {},
      { practice: { ...practice, secretAccessKey: 'wrong' }, realAccounts: { allowed: false } },
    );
    await expect(other.aws.gateway.send(target, new ListKeysCommand({}))).rejects.toMatchObject({
      code: 'invalid-credentials',
    });
    await other.close();
  });

  it('that enforces the quotas is used whole, whatever the setting, and never throttles', async () => {
    const created = await world.aws.gateway.send(target, new CreateKeyCommand({}));
    const KeyId = created.output.KeyMetadata?.KeyId;
    percent = 1;
    const calls = 250; // more than two seconds' worth of ListGrants
    const answers = await Promise.all(
      Array.from({ length: calls }, () =>
        world.aws.gateway.send(target, new ListGrantsCommand({ KeyId })),
      ),
    );
    expect(answers).toHaveLength(calls);
  });

  it('takes a choice of its own Regions only', async () => {
    const choose = (connection: string, regions: string[]) =>
      world.aws.handlers.choose({ chosen: [{ connection, regions }] }, context);
    await expect(choose('practice', ['mars-north-1'])).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(choose('profile:none', ['eu-west-1'])).rejects.toMatchObject({
      code: 'not-found',
    });
    await choose('practice', ['eu-central-1', 'eu-central-1']);
    expect(chosen).toEqual([{ connection: 'practice', regions: ['eu-central-1'] }]);
    expect(await world.aws.connections.chosen()).toMatchObject([{ regions: ['eu-central-1'] }]);
  });

  it('keeps a chosen profile that is gone in sight, with the reason', async () => {
    chosen = [{ connection: 'profile:left', regions: ['eu-west-1'] }];
    expect(await world.aws.connections.chosen()).toMatchObject([
      { id: 'profile:left', chosen: true, problem: { code: 'no-credentials' } },
    ]);
  });
});
