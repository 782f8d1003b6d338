import {
  DisableKeyCommand,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorkbench, region, type Workbench } from './workbench';

async function sealed(
  bench: Workbench,
  format: 'simple' | 'esdk',
  keys: Parameters<Workbench['encrypt']>[0]['keys'],
  context: Record<string, string> = { purpose: 'test' },
) {
  const source = await bench.file('record', 'Sensitive PII record #48291');
  const [item] = await bench.encrypt({
    sources: [source.id],
    keys,
    context,
    format,
    replace: true,
  });
  if (!item?.path) throw new Error(item?.error?.message);
  return bench.source(item.path);
}

describe('several keys', () => {
  it('any of them opens it alone, as when the others are gone', async () => {
    const bench = await openWorkbench();
    const keys = [await bench.newKey(), await bench.newKey({}, 'us-east-1'), await bench.newKey()];
    const envelope = await sealed(bench, 'esdk', keys);
    const info = await bench.client.inspect({ source: envelope.id });
    expect(info.keys.map(({ keyArn }) => keyArn)).toEqual(keys.map(({ arn }) => arn));
    for (const key of keys) {
      const [opened] = await bench.decrypt({
        sources: [envelope.id],
        keys: [key],
        verifyOnly: true,
      });
      expect(opened).toMatchObject({ state: 'done', keys: [{ keyArn: key.arn }] });
    }
    for (const { arn, region: place } of keys.slice(0, 2)) {
      await bench.kms(place).send(new ScheduleKeyDeletionCommand({ KeyId: arn }));
    }
    const [opened] = await bench.decrypt({ sources: [envelope.id], verifyOnly: true });
    expect(opened).toMatchObject({ state: 'done', keys: [{ keyArn: keys[2]?.arn }] });
  });

  it('are refused for a simple envelope, before anything is asked', async () => {
    const bench = await openWorkbench();
    const keys = [await bench.newKey(), await bench.newKey()];
    const source = await bench.file('record', 'x');
    await expect(
      bench.encrypt({ sources: [source.id], keys, format: 'simple' }),
    ).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe.each(['simple', 'esdk'] as const)('an envelope in the format %s', (format) => {
  it('sealed under a multi-Region key opens with its replica', async () => {
    const bench = await openWorkbench();
    const key = await bench.newKey({ MultiRegion: true });
    await bench.kms().send(new ReplicateKeyCommand({ KeyId: key.arn, ReplicaRegion: 'us-east-1' }));
    await bench.control('clock', { advance: 'PT10M' }); // until the replica is made
    const envelope = await sealed(bench, format, [key]);
    const replica = key.arn.replace(region, 'us-east-1');
    const [strict] = await bench.decrypt({
      sources: [envelope.id],
      keys: [{ connection: 'practice', region: 'us-east-1', keyId: replica }],
      verifyOnly: true,
    });
    expect(strict).toMatchObject({ state: 'done', keys: [{ keyArn: replica }] });
    await bench.kms().send(new DisableKeyCommand({ KeyId: key.arn }));
    const [found] = await bench.decrypt({ sources: [envelope.id], verifyOnly: true });
    expect(found).toMatchObject({ state: 'done', keys: [{ keyArn: replica }] });
  });

  it('is refused with another key, with a sentence that says so', async () => {
    const bench = await openWorkbench();
    const envelope = await sealed(bench, format, [await bench.newKey()]);
    const other = await bench.newKey();
    const [opened] = await bench.decrypt({ sources: [envelope.id], keys: [other], name: 'out' });
    expect(opened).toMatchObject({
      state: 'failed',
      error: {
        code: 'not-authentic',
        message: expect.stringMatching(/^It was sealed under another key: arn:/) as string,
      },
    });
  });

  it('is refused where the operator insists on another context', async () => {
    const bench = await openWorkbench();
    const envelope = await sealed(bench, format, [await bench.newKey()]);
    for (const [context, sentence] of [
      [{ purpose: 'backup' }, /purpose=backup was wanted, and the envelope has another value/],
      [{ tenant: 'a' }, /tenant=a was wanted, and the envelope does not have it/],
    ] as const) {
      const [opened] = await bench.decrypt({ sources: [envelope.id], context, name: 'out' });
      expect(opened?.error).toMatchObject({
        code: 'not-authentic',
        message: expect.stringMatching(sentence) as string,
      });
    }
    const [opened] = await bench.decrypt({
      sources: [envelope.id],
      context: { purpose: 'test' },
      verifyOnly: true,
    });
    expect(opened?.state).toBe('done');
  });

  it('tells a disabled key from a damaged envelope', async () => {
    const bench = await openWorkbench();
    const key = await bench.newKey();
    const envelope = await sealed(bench, format, [key]);
    await bench.kms().send(new DisableKeyCommand({ KeyId: key.arn }));
    const [opened] = await bench.decrypt({ sources: [envelope.id], verifyOnly: true });
    expect(opened?.error?.code).toBe('wrong-state');
  });

  it('gets another key and another context, and its content stays', async () => {
    const bench = await openWorkbench();
    const [key, to] = [await bench.newKey(), await bench.newKey()];
    const envelope = await sealed(bench, format, [key]);
    const before = readFileSync(envelope.path);
    const [rekeyed] = await bench.rekey({
      sources: [envelope.id],
      to: [to],
      toContext: { purpose: 'archive' },
      replace: true,
    });
    expect(rekeyed).toMatchObject({
      state: 'done',
      path: envelope.path,
      keys: [{ keyArn: to.arn }],
    });
    const again = await bench.source(envelope.path);
    const info = await bench.client.inspect({ source: again.id });
    expect(info).toMatchObject({ context: { purpose: 'archive' }, keys: [{ keyArn: to.arn }] });
    const [opened] = await bench.decrypt({ sources: [again.id], replace: true });
    expect(readFileSync(opened?.path ?? '', 'utf8')).toBe('Sensitive PII record #48291');
    if (format === 'simple') {
      const part = (file: Buffer) => /"ciphertext": "([^"]+)"/.exec(file.toString())?.[1];
      expect(part(readFileSync(again.path))).toBe(part(before));
      expect(rekeyed?.plaintextSha256).toBeUndefined();
    }
    const [old] = await bench.decrypt({ sources: [again.id], keys: [key], verifyOnly: true });
    expect(old?.state).toBe('failed');
  });

  it('gets a key of another Region', async () => {
    const bench = await openWorkbench();
    const envelope = await sealed(bench, format, [await bench.newKey()]);
    const to = await bench.newKey({}, 'us-east-1');
    const place = await bench.source(bench.dataDir);
    const [rekeyed] = await bench.rekey({ sources: [envelope.id], to: [to], place: place.id });
    expect(rekeyed).toMatchObject({ state: 'done', format, keys: [{ keyArn: to.arn }] });
    const moved = await bench.source(join(bench.dataDir, envelope.name));
    const [opened] = await bench.decrypt({ sources: [moved.id], keys: [to], verifyOnly: true });
    expect(opened?.state).toBe('done');
  });

  it('proves after a rotation that it still opens with earlier material', async () => {
    const bench = await openWorkbench();
    const key = await bench.newKey();
    const envelope = await sealed(bench, format, [key]);
    const fresh = await bench.client.prove({ source: envelope.id });
    expect(fresh).toMatchObject({ material: 'current', key: { keyArn: key.arn } });
    await bench.kms().send(new RotateKeyOnDemandCommand({ KeyId: key.arn }));
    await bench.control('clock', { advance: 'P1D' });
    const proof = await bench.client.prove({
      source: envelope.id,
      expectedSha256: fresh.plaintextSha256,
    });
    expect(proof).toMatchObject({ material: 'earlier', equal: true });
    expect(proof.key.keyMaterialId).toBe(fresh.key.keyMaterialId);
    expect(proof.currentKeyMaterialId).not.toBe(proof.key.keyMaterialId);
    const unequal = await bench.client.prove({
      source: envelope.id,
      expectedSha256: '0'.repeat(64),
    });
    expect(unequal.equal).toBe(false);
    expect(unequal.sentence).toMatch(/NOT the expected one/);
  });
});
