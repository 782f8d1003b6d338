import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  PutKeyPolicyCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { expect, it } from 'vitest';
import { runCli } from '../cli/runCli';
import { askControl } from '../practice/askControl';
import { openOn } from './practiceForTest';
import { watchedAccount } from './watchedAccount';

const region = 'eu-central-1';

it('compares a change with the inventory where no event tells what was before', async () => {
  const { practice, kms, trail } = await watchedAccount(region);
  const { accountId } = practice;
  const makeKey = async () =>
    (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId as string;
  const [KeyId, other] = [await makeKey(), await makeKey()];
  const AliasName = 'alias/orders';
  const holder = `arn:aws:iam::${accountId}:user/practice-operator`;
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
  const grant = { KeyId, GranteePrincipal: holder, Operations: ['Decrypt' as const] };
  await kms.send(new CreateGrantCommand(grant));
  const { client, dataDir } = await openOn(practice, region);
  await client.keys.refresh({});
  await askControl(practice, 'clock', { advance: 'PT1H' });
  await client.keys.refresh({});

  await askControl(practice, 'clock', { advance: 'PT1H' });
  const Statement = ['root', 'user/practice-operator'].map((name) => ({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:${name}` },
    Action: 'kms:*',
    Resource: '*',
  }));
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
  await kms.send(new UpdateAliasCommand({ AliasName, TargetKeyId: other }));
  await kms.send(new CreateGrantCommand({ ...grant, Operations: ['Encrypt'] }));
  await askControl(practice, 'clock', { advance: 'PT1H' });

  const { Events = [] } = await trail.send(new LookupEventsCommand({ MaxResults: 50 }));
  const since = Date.now() + 90 * 60_000;
  const late = Events.filter(({ EventTime }) => (EventTime?.getTime() ?? 0) > since);
  const names = ['PutKeyPolicy', 'UpdateAlias', 'CreateGrant'];
  const records = late
    .filter(({ EventName = '' }) => names.includes(EventName))
    .map(({ CloudTrailEvent }) => CloudTrailEvent);
  expect(records).toHaveLength(3);
  const bytes = new Uint8Array(Buffer.from(`[${records.join(',')}]`));
  await client.events.importDropped({ name: 'log.json', bytes });
  const { alerts } = await client.events.watch();

  // The principal held a grant by the inventory: a further one is nothing new.
  expect(alerts.map(({ rule }) => rule).toSorted()).toEqual(['alias-re-pointed', 'policy-changed']);
  const changed = alerts.find(({ rule }) => rule === 'policy-changed');
  expect(changed?.policyChange).toMatchObject({
    beforeFrom: { kind: 'inventory' },
    gained: [{ principal: holder, powers: ['everything'] }],
    lost: [],
  });
  expect(changed?.severity).toBe('medium');
  expect(changed?.reason).toContain('Compared with the inventory of');
  const moved = alerts.find(({ rule }) => rule === 'alias-re-pointed');
  expect(moved?.reason).toContain(`It led to key ${KeyId} by the inventory of`);

  // The command line reads the same.
  const { code, stdout } = await runCli(dataDir, ['events', 'watch', '--json']);
  expect(code).toBe(1);
  expect((JSON.parse(stdout) as { alerts: unknown }).alerts).toEqual(alerts);
});
