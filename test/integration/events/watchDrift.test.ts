import { CreateAliasCommand, CreateKeyCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { expect, it } from 'vitest';
import { askControl } from '../practice/askControl';
import { openOn } from './practiceForTest';
import { watchedAccount } from './watchedAccount';

const region = 'eu-central-1';

it('says what changed on a key between two inventories, and who did it where an event is stored', async () => {
  const { practice, kms, trail } = await watchedAccount(region);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId;
  const { client } = await openOn(practice, region);
  await client.keys.refresh({});
  expect(await client.events.drift()).toEqual([]);

  await kms.send(new CreateAliasCommand({ AliasName: 'alias/drifted', TargetKeyId: KeyId }));
  const Statement = [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${practice.accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Action: 'kms:Decrypt',
      Resource: '*',
    },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
  await client.keys.refresh({});
  const before = await client.events.drift();
  expect(before.map(({ what, authors }) => [what, authors])).toEqual([
    ['alias added: alias/drifted', []],
    ['account in policy added: 444455556666', []],
  ]);

  // The practice account tells its events after some minutes, as AWS does.
  await askControl(practice, 'clock', { advance: 'PT20M' });
  const { Events = [] } = await trail.send(new LookupEventsCommand({}));
  const records = Events.map(({ CloudTrailEvent }) => CloudTrailEvent).join(',');
  const bytes = new Uint8Array(Buffer.from(`[${records}]`));
  await client.events.importDropped({ name: 'log.json', bytes });
  const after = await client.events.drift();
  expect(after.map(({ what, authors }) => [what, authors.map(({ name }) => name)])).toEqual([
    ['alias added: alias/drifted', ['CreateAlias']],
    ['account in policy added: 444455556666', ['PutKeyPolicy']],
  ]);
  expect(after[0]?.authors[0]?.caller).toBe('practice-operator');

  // A further reading without a change keeps what was found.
  await client.keys.refresh({});
  expect(await client.events.drift()).toHaveLength(2);
});
