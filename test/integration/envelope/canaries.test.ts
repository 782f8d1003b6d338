import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openWorkbench } from './workbench';

it('a canary is made, opened, exported and opened again as a file, and removed', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const { client } = bench;
  const made = await client.makeCanary({ key, note: 'quarterly' });
  expect(made).toMatchObject({ keyArn: key.arn, note: 'quarterly', origin: 'made' });
  expect(made.keyMaterialId).toMatch(/^[0-9a-f]{64}$/);
  const { canary, proof } = await client.proveCanary({ id: made.id });
  expect(proof).toMatchObject({
    plaintextSha256: made.plaintextSha256,
    equal: true,
    material: 'current',
  });
  expect(canary.last).toMatchObject({ opened: true, keyMaterialId: made.keyMaterialId });

  const saved = await client.exportCanary({ id: made.id });
  const source = await bench.source(saved?.file ?? '');
  const [opened] = await bench.decrypt({ sources: [source.id], verifyOnly: true });
  expect(opened).toMatchObject({ state: 'done', plaintextSha256: made.plaintextSha256 });
  expect(readFileSync(join(bench.folder, 'saved'), 'utf8')).toContain('claviger-canary');

  expect(await client.removeCanary({ id: made.id })).toEqual({ removed: true });
  expect(await client.canaries()).toEqual([]);
  await expect(client.proveCanary({ id: made.id })).rejects.toMatchObject({ code: 'not-found' });
});

it('a canary that does not open says so from then on', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const { client } = bench;
  const made = await client.makeCanary({ key, note: '' });
  await bench.kms().send(new DisableKeyCommand({ KeyId: key.arn }));
  await expect(client.proveCanary({ id: made.id })).rejects.toMatchObject({ code: 'wrong-state' });
  const [listed] = await client.canaries();
  expect(listed?.last).toMatchObject({ opened: false, error: { code: 'wrong-state' } });
  await bench.kms().send(new EnableKeyCommand({ KeyId: key.arn }));
  await client.proveCanary({ id: made.id });
  expect((await client.canaries())[0]?.last?.opened).toBe(true);
});

it('an envelope of the operator’s own becomes a canary', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const source = await bench.file('record', 'content');
  const [sealed] = await bench.encrypt({ sources: [source.id], keys: [key], format: 'simple' });
  const envelope = await bench.source(sealed?.path ?? '');
  const canary = await bench.client.registerCanary({ source: envelope.id, note: 'of the archive' });
  expect(canary).toMatchObject({
    origin: 'registered',
    plaintextSha256: sealed?.plaintextSha256,
    keyArn: key.arn,
  });
});

it('templates of contexts are kept, and two of one name are refused', async () => {
  const { client } = await openWorkbench();
  const template = { name: 'Backup', pairs: [{ name: 'purpose', value: 'backup' }] };
  await client.setTemplates([template]);
  expect(await client.templates()).toEqual([template]);
  await expect(client.setTemplates([template, template])).rejects.toMatchObject({
    code: 'bad-request',
  });
});

it('measures three ways to encrypt records, and counts the requests', async () => {
  const bench = await openWorkbench();
  const key = await bench.newKey();
  const input = { key, recordBytes: 100, records: 20, cacheRecords: 5, cacheSeconds: 300 };
  expect(await bench.client.lastMeasure()).toBeNull();
  const result = await bench.client.measure({ ...input, recordsPerSecond: 50_000 });
  expect(await bench.client.lastMeasure()).toEqual(result);
  expect(result.ways.map(({ way, calls }) => [way, calls])).toEqual([
    ['direct', 20],
    ['envelope', 20],
    ['cached', 4],
  ]);
  expect(result.quotaPerSecond).toBe(20_000);
  expect(result.ways.map(({ quotaPercent }) => quotaPercent)).toEqual([250, 250, 50]);
  expect(result.ways.map(({ dollarsPerMillion }) => dollarsPerMillion)).toEqual([3, 3, 0.6]);
  expect(result.advice[0]).toMatch(/KMS would throttle it/);
  const large = await bench.client.measure({ ...input, recordBytes: 5000, recordsPerSecond: 1 });
  expect(large.ways[0]?.notMeasured).toMatch(/at most 4,096 bytes/);
});
