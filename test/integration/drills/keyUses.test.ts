import { GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import { openForTest } from '../services/openForTest';

it('the keys that were used most are known from the stored events, and unknown without any', async () => {
  const { client, services } = await openForTest({
    practice: true,
    chosen: [{ connection: 'practice', regions: ['eu-central-1'] }],
  });
  await client.settings.set({ quotaPercent: 100 });
  await client.keys.refresh({});
  const before = await client.drills.suggestKeys({ connection: 'practice' });
  expect(before.length).toBeGreaterThan(3);
  expect(before.filter(({ uses }) => uses !== undefined)).toEqual([]);
  expect(before.flatMap(({ reasons }) => reasons)).not.toContain('most-used');

  const key = before.at(-1);
  if (!key) throw new Error('The practice account has keys.');
  for (let count = 0; count < 3; count += 1) {
    await services.gateway.send(
      key,
      new GenerateDataKeyCommand({ KeyId: key.keyId, KeySpec: 'AES_256' }),
    );
  }
  // CloudTrail delivers late: the practice account's clock is moved on instead.
  await client.practice.moveClock({ by: 'PT30M' });
  await client.events.lookup();
  const after = await client.drills.suggestKeys({ connection: 'practice' });
  const found = after.find(({ arn }) => arn === key.arn);
  expect(found?.uses?.count).toBeGreaterThanOrEqual(3);
  // The busiest come first among those that are pressing for the same reasons.
  const busy = after.filter(({ reasons }) => reasons.includes('most-used'));
  expect(busy.length).toBeGreaterThan(0);
  expect(busy.length).toBeLessThanOrEqual(10);
  for (const { uses } of busy) expect(uses?.count).toBeGreaterThan(0);
  const least = Math.min(...busy.map(({ uses }) => uses?.count ?? 0));
  const others = after.filter(({ reasons }) => !reasons.includes('most-used'));
  expect(Math.max(0, ...others.map(({ uses }) => uses?.count ?? 0))).toBeLessThanOrEqual(least);
  for (const { uses } of after) {
    if (uses) expect(uses.from < uses.to).toBe(true);
  }
}, 240_000);
