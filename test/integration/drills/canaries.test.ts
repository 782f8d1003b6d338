import {
  CreateKeyCommand,
  PutKeyPolicyCommand,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { canariesCommand } from '../../../electron/drills/canaryCommand';
import { withoutCanary } from '../../../shared/model/drills/canarySchedule';
import type { KeyRef } from '../../../shared/model/key';
import { runInProcess } from '../cli/runInProcess';
import { openForTest, type Opened } from '../services/openForTest';

const region = 'eu-central-1';
const place = { connection: 'practice', region };

async function createKey({ services }: Opened): Promise<KeyRef & { arn: string }> {
  const { output } = await services.gateway.send(place, new CreateKeyCommand({}));
  const { KeyId = '', Arn = '' } = output.KeyMetadata ?? {};
  return { ...place, keyId: KeyId, arn: Arn };
}

/** New material, once KMS has it: the practice account's clock is moved on. */
async function rotate({ services, client }: Opened, { keyId }: KeyRef): Promise<void> {
  await services.gateway.send(place, new RotateKeyOnDemandCommand({ KeyId: keyId }));
  await client.practice.moveClock({ by: 'PT2H' });
}

/** Nobody may make data keys with it any more, while everything else of it goes on. */
async function forbidMaking({ services }: Opened, { keyId }: KeyRef): Promise<void> {
  const { accountId } = await services.connections.identify(
    'practice',
    new AbortController().signal,
  );
  const allow = {
    Sid: 'All',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const deny = {
    Sid: 'No data keys',
    Effect: 'Deny',
    Principal: '*',
    Action: 'kms:GenerateDataKey',
    Resource: '*',
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [allow, deny] });
  await services.gateway.send(place, new PutKeyPolicyCommand({ KeyId: keyId, Policy }));
}

describe('canaries on schedule', () => {
  let opened: Opened;

  async function open() {
    opened = await openForTest({ practice: true });
    await opened.client.settings.set({ quotaPercent: 100 });
    return opened;
  }

  it('are made once for each key material, so that a drill can open one from each', async () => {
    const { client } = await open();
    const key = await createKey(opened);
    const ref: KeyRef = { connection: key.connection, region: key.region, keyId: key.keyId };
    const schedule = { on: true, everyDays: 90, keys: [ref] };
    const before = await client.drills.setCanarySchedule({ schedule, agreed: false });
    expect(before.keys).toMatchObject([{ state: 'due', materials: [] }]);
    expect(Date.parse(before.nextAt ?? '')).toBeLessThanOrEqual(Date.now());

    const first = await client.drills.makeCanaries({});
    expect(first).toMatchObject({ made: [{ keyArn: key.arn }], problems: [] });
    expect((await client.drills.makeCanaries({})).made).toEqual([]);
    const covered = await client.drills.canaryKeeping();
    expect(covered.keys).toMatchObject([
      { state: 'covered', materials: [{ state: 'current', canaries: 1 }] },
    ]);
    expect(Date.parse(covered.nextAt ?? '')).toBeGreaterThan(Date.now());

    await rotate(opened, ref);
    const rotated = await client.drills.lookAtCanaries();
    expect(rotated.keys).toMatchObject([
      { state: 'due', reason: expect.stringContaining('rotated') as string },
    ]);
    // What a look finds due is made now, not tomorrow.
    expect(Date.parse(rotated.nextAt ?? '')).toBeLessThanOrEqual(Date.now());
    const second = await client.drills.makeCanaries({});
    const [older, newer] = [first.made[0]?.keyMaterialId, second.made[0]?.keyMaterialId];
    expect(newer).not.toBe(older);
    const [{ materials } = { materials: [] }] = (await client.drills.canaryKeeping()).keys;
    expect(materials.map(({ id, state, canaries }) => [id, state, canaries])).toEqual(
      expect.arrayContaining([
        [older, 'older', 1],
        [newer, 'current', 1],
      ]),
    );
    // Both open, each by its own material.
    for (const { id, keyMaterialId } of [...first.made, ...second.made]) {
      const { proof } = await client.envelope.proveCanary({ id });
      expect(proof.key.keyMaterialId).toBe(keyMaterialId);
    }
  }, 120_000);

  it('are made anew when the newest is older than the schedule allows, by the account’s clock', async () => {
    const { client } = await open();
    const { arn: _arn, ...key } = await createKey(opened);
    await client.drills.setCanarySchedule({
      schedule: { on: true, everyDays: 30, keys: [key] },
      agreed: false,
    });
    await client.drills.makeCanaries({});
    const reason = async () => (await client.drills.canaryKeeping()).keys[0]?.reason;
    await client.practice.moveClock({ by: 'P29D' });
    await expect.poll(reason, { timeout: 20_000 }).toContain('29 days old');
    expect((await client.drills.makeCanaries({})).made).toEqual([]);
    await client.practice.moveClock({ by: 'P2D' });
    await expect.poll(reason, { timeout: 20_000 }).toBe('Its newest canary is 31 days old.');
    expect((await client.drills.makeCanaries({})).made).toHaveLength(1);
  }, 120_000);

  it('name the material that is too late for one', async () => {
    const { client } = await open();
    const { arn: _arn, ...key } = await createKey(opened);
    await rotate(opened, key);
    await client.drills.makeCanaries({ keys: [key] });
    const [coverage] = await client.drills.canaryCoverage({ keys: [key] });
    expect(coverage).toMatchObject({ state: 'covered' });
    expect(coverage && withoutCanary(coverage)).toMatchObject([{ state: 'older', canaries: 0 }]);
  }, 120_000);

  it('say which could not be made, try again only the next day where AWS denies it, and make the others', async () => {
    const { client } = await open();
    const [{ arn: _a, ...denied }, { arn: _b, ...fine }] = [
      await createKey(opened),
      await createKey(opened),
    ];
    await forbidMaking(opened, denied);
    await client.drills.setCanarySchedule({
      schedule: { on: true, everyDays: 30, keys: [denied, fine] },
      agreed: false,
    });
    const { made, problems } = await client.drills.makeCanaries({});
    expect(made.map(({ key }) => key.keyId)).toEqual([fine.keyId]);
    expect(problems).toMatchObject([{ key: denied, error: { code: 'denied' } }]);
    const keeping = await client.drills.canaryKeeping();
    expect(keeping.keys).toMatchObject([
      { state: 'due', problem: { code: 'denied' } },
      { state: 'covered' },
    ]);
    expect(Date.parse(keeping.nextAt ?? '') - Date.parse(keeping.lookedAt ?? '')).toBe(86_400_000);
  }, 120_000);

  it('are never taken for covered where KMS does not tell the materials', async () => {
    const { client } = await open();
    const gone: KeyRef = { ...place, keyId: '00000000-0000-4000-8000-000000000000' };
    const unknown: KeyRef = { connection: 'profile:nobody', region, keyId: gone.keyId };
    const coverage = await client.drills.canaryCoverage({ keys: [gone, unknown] });
    expect(coverage.map(({ state }) => state)).toEqual(['due', 'due']);
    const { made, problems } = await client.drills.makeCanaries({ keys: [gone, unknown] });
    expect(made).toEqual([]);
    expect(problems.map(({ error }) => error.code)).toEqual(['not-found', 'no-credentials']);
  }, 120_000);

  it('need the operator’s agreement for keys of a real account, and the journal has it', async () => {
    const { client } = await open();
    const real: KeyRef = { connection: 'profile:production', region, keyId: 'k' };
    const schedule = { on: true, everyDays: 90, keys: [real] };
    await expect(
      client.drills.setCanarySchedule({ schedule, agreed: false }),
    ).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/kms:ListKeyRotations.*kms:GenerateDataKey/) as string,
    });
    expect((await client.drills.canaryKeeping()).schedule.on).toBe(false);
    // Off, a choice of keys does nothing and needs nothing.
    await client.drills.setCanarySchedule({ schedule: { ...schedule, on: false }, agreed: false });
    expect((await client.drills.canaryKeeping()).nextAt).toBeUndefined();
    const { agreed } = await client.drills.setCanarySchedule({ schedule, agreed: true });
    expect(agreed?.by).toBe((await client.app.info()).operator);
    const { entries } = await client.journal.list({ limit: 10 });
    expect(entries.find(({ what }) => what === 'drills.setCanarySchedule')?.facts).toMatchObject({
      agreed: true,
    });
  }, 120_000);

  it('are looked at anew after the inventory was read again', async () => {
    const { client, services } = await open();
    const { arn: _arn, ...key } = await createKey(opened);
    await client.drills.setCanarySchedule({
      schedule: { on: true, everyDays: 90, keys: [key] },
      agreed: false,
    });
    await client.drills.makeCanaries({});
    services.drills.onCall({ method: 'keys.refresh', action: false });
    // The last look was a moment ago: once an hour is enough.
    expect(Date.parse((await client.drills.canaryKeeping()).nextAt ?? '')).toBeGreaterThan(
      Date.now(),
    );
  }, 120_000);
});

describe('claviger drill canaries', () => {
  const run = (dataDir: string, ...args: string[]) =>
    runInProcess([canariesCommand], ['drill', 'canaries', ...args], dataDir);

  it('makes what is due of the keys on schedule, and ends with 1 as long as something is', async () => {
    const opened = await openForTest({ practice: true });
    const { client, dataDir } = opened;
    const { arn, ...key } = await createKey(opened);
    const none = await run(dataDir, '--practice');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('No key is on schedule')]);
    await client.drills.setCanarySchedule({
      schedule: { on: false, everyDays: 90, keys: [key] },
      agreed: false,
    });
    const off = await run(dataDir, '--practice', '--make');
    expect([off.code, off.stderr]).toEqual([1, expect.stringContaining('is off')]);
    await client.drills.setCanarySchedule({
      schedule: { on: true, everyDays: 90, keys: [key] },
      agreed: false,
    });

    const due = await run(dataDir, '--practice', '--json');
    expect([due.code, JSON.parse(due.stdout)]).toMatchObject([1, { keys: [{ state: 'due' }] }]);
    const made = await run(dataDir, '--practice', '--make', '--json');
    expect([made.code, JSON.parse(made.stdout)]).toMatchObject([
      0,
      { made: [{ keyArn: arn }], problems: [], keys: [{ state: 'covered' }] },
    ]);
    const listed = await run(dataDir, '--practice');
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringContaining('covered')]);
  }, 120_000);

  it('takes a key by its ARN, and says what is no ARN', async () => {
    const opened = await openForTest({ practice: true });
    const { arn } = await createKey(opened);
    const made = await run(opened.dataDir, '--practice', '--make', '--key', arn);
    expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('Made 1 canaries')]);
    const wrong = await run(opened.dataDir, '--practice', '--key', 'alias/mine');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('alias/mine is none')]);
  }, 120_000);
});
