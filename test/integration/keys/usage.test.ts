import { CreateKeyCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import { lastUseOf } from '../../../shared/model/keyUsage';
import { openForTest, type Opened } from '../services/openForTest';

const region = 'eu-central-1';
const target = { connection: 'practice', region };

/** The verdict of each of these keys, read now. */
async function verdicts({ client }: Opened, keyIds: readonly string[]) {
  await client.readiness.run({ sources: ['keys', 'usage'] });
  const { items } = await client.readiness.items({ check: 'keys-used', offset: 0, limit: 500 });
  return keyIds.map(
    (keyId) => items.find(({ subject }) => subject.id.endsWith(`/${keyId}`))?.verdict.value,
  );
}

it('tells the last use of keys, and asks again only for what it does not know', async () => {
  const opened = await openForTest({ practice: true });
  await opened.client.accounts.choose({
    chosen: [{ connection: 'practice', regions: [region] }],
  });
  await opened.client.practice.reset({ seed: 'empty' });
  const { gateway } = opened.services;
  const keyIds: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    const { output } = await gateway.send(target, new CreateKeyCommand({}));
    keyIds.push(output.KeyMetadata?.KeyId ?? '');
  }
  const [used = '', unused = ''] = keyIds;
  const Plaintext = Buffer.from('a');
  await gateway.send(target, new EncryptCommand({ KeyId: used, Plaintext }));
  expect(await verdicts(opened, keyIds)).toEqual(['pass', 'not-applicable']);

  const detail = await opened.client.keys.detail({ ...target, keyId: used });
  expect(detail.usage).toMatchObject({ status: 'known', value: { operation: 'Encrypt' } });
  const other = await opened.client.keys.detail({ ...target, keyId: unused });
  expect(other.usage.status === 'known' && lastUseOf(other.usage.value)).toEqual({ kind: 'never' });

  // Idle for a hundred days: the answers are old, so that they are asked for again.
  await opened.client.practice.moveClock({ by: 'P100D' });
  expect(await verdicts(opened, keyIds)).toEqual(['fail', 'fail']);
}, 120_000);
