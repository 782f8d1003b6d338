import { expect, it } from 'vitest';
import { latencyOf } from '../../../shared/model/adviser/latency';
import { scenarios } from '../../../shared/model/adviser/scenarios/index';
import type { KeyRow } from '../../../shared/model/key';
import { openForTest } from '../services/openForTest';

const chosen = [{ connection: 'practice', regions: ['eu-central-1'] }];

it('tells what the practice company has, once the checks have read it', async () => {
  const { client } = await openForTest({ practice: true, chosen });
  const before = await client.adviser.account();
  expect(before.regions).toEqual(['eu-central-1']);
  const told = before.facts.filter(({ text }) => text !== undefined).map(({ id }) => id);
  // An empty list of endpoints and an empty record of drills are known without asking AWS.
  expect(told).toEqual(['endpoints', 'drills']);
  // To look is not to judge: nothing was judged by it.
  expect((await client.readiness.state()).evaluatedAt).toBeUndefined();

  await client.readiness.run({ sources: ['keys', 'trails', 'posture'] });
  const { facts } = await client.adviser.account();
  const text = (id: string) => facts.find((fact) => fact.id === id)?.text;
  expect(text('keys')).toMatch(/^There are \d+ enabled symmetric keys of your own, \d+ with/);
  expect(text('multi-region')).toMatch(/^There (is|are) \d+ multi-Region primary/);
  expect(text('buckets')).toMatch(/ in 8 of 11 buckets; a bucket key is on in 7\.$/);
  expect(text('log')).toBe('Events of KMS are recorded in 1 of 1 Region.');
  for (const { id, scope, asOf, missing } of facts.filter((fact) => fact.id !== 'endpoints')) {
    expect({ id, missing }).toEqual({ id, missing: [] });
    expect(asOf).toMatch(/^20\d\d-/);
    expect(scope).not.toBe('');
  }
});

it('keeps answers and numbers from one time to the next, and nothing that does not fit', async () => {
  const { client, dataDir, close } = await openForTest();
  expect(await client.adviser.draft()).toEqual({ answers: {}, numbers: {} });
  const numbers = { ...(scenarios[0]?.numbers ?? expect.fail()), perSecond: 0.5 };
  const draft = {
    answers: { where: 'stream' as const, regulation: ['pci' as const] },
    numbers: { 'object-storage': numbers },
  };
  await client.adviser.keepDraft(draft);
  const bad = { ...draft, numbers: { 'object-storage': { ...numbers, keys: 0 } } };
  await expect(client.adviser.keepDraft(bad)).rejects.toMatchObject({ code: 'bad-request' });
  await close();
  const again = await openForTest({ dataDir });
  expect(await again.client.adviser.draft()).toEqual(draft);
});

it('takes the latency from the last measurement under Envelopes, and says that it was no AWS', async () => {
  const { client } = await openForTest({ practice: true, chosen });
  expect(await client.envelope.lastMeasure()).toBeNull();
  await client.keys.refresh({});
  const rows: KeyRow[] = [];
  await client.keys.snapshot(undefined, { onProgress: (part) => void rows.push(...part.rows) });
  const ledger = rows.find(
    ({ aliases }) => aliases.status === 'known' && aliases.value.includes('alias/prod/ledger'),
  );
  const { connection, region, keyId } = ledger ?? expect.fail();
  await client.envelope.measure({
    key: { connection, region, keyId },
    records: 10,
    recordBytes: 64,
    recordsPerSecond: 10,
    cacheRecords: 5,
    cacheSeconds: 60,
  });
  const { source, words } = latencyOf(await client.envelope.lastMeasure());
  expect(source).toBe('measured');
  expect(words).toContain('with the practice account on this machine');
});
