import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CreateKeyCommand, type KeySpec } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../../electron/drills/bundle/read';
import { verifyBundle } from '../../../electron/drills/bundle/verify';
import type { Person } from '../../../shared/model/drills/person';
import type { Plan } from '../../../shared/model/drills/plan';
import type { KeyRef } from '../../../shared/model/key';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { openInSuite, type Suite } from './openInSuite';
import { failingCommands, unpackInto } from './verifyCommands';

const place = { connection: 'practice', region: 'eu-central-1' };
const passphrase = 'correct horse battery staple';
let suite: Suite;
let ada: Person;

beforeAll(async () => {
  suite = await openInSuite();
  ada = await suite.client.drills.addPerson({ name: 'Ada', passphrase });
}, 120_000);
afterAll(() => suite.close());

async function kmsKey(
  KeySpec: KeySpec,
  KeyUsage: 'SIGN_VERIFY' | 'ENCRYPT_DECRYPT' = 'SIGN_VERIFY',
) {
  const { output } = await suite.services.gateway.send(
    place,
    new CreateKeyCommand({ KeySpec, KeyUsage }),
  );
  return { ...place, keyId: output.KeyMetadata?.KeyId ?? '' } satisfies KeyRef;
}

/** A plan of what people do alone, so that it is about the people. */
async function tableTop(): Promise<Plan> {
  const { drills } = suite.client;
  const { body } = await drills.planFromTemplate({
    template: 'compromise',
    connection: 'practice',
  });
  const steps = body.steps.filter(({ kind }) => kind === 'manual');
  return drills.savePlan({ body: { ...body, steps } });
}

async function walk(plan: Plan, approver: Person): Promise<string> {
  const { drills } = suite.client;
  const { drill } = await drills.start({
    plan: plan.id,
    operator: ada.id,
    approver: approver.id,
    custodians: [],
  });
  for (const { id: step } of drill.steps) {
    await drills.runStep({ drill: drill.id, step });
    await drills.endStep({ drill: drill.id, step, outcome: 'passed', reason: 'Everybody knew.' });
  }
  await drills.close({ drill: drill.id, printed: false });
  return drill.id;
}

async function filesOf(drill: string) {
  const parts: Uint8Array[] = [];
  for await (const part of suite.services.drills.bundle(drill).content) parts.push(part);
  return readZip(Buffer.concat(parts));
}

describe('an approver with a KMS key', () => {
  it.each([
    ['ECC_NIST_P256', 'ECDSA-P256-SHA256'],
    ['ECC_NIST_P384', 'ECDSA-P384-SHA384'],
    ['RSA_3072', 'RSA-PSS-SHA256'],
  ] as const)(
    'of %s signs a record that openssl accepts without Claviger, and no other record',
    async (spec, algorithm) => {
      const { drills } = suite.client;
      const kms = await kmsKey(spec);
      const grace = await drills.addPerson({ name: `Grace ${spec}`, kms });
      expect(grace).toMatchObject({ holds: 'kms', algorithm, kms });
      const id = await walk(await tableTop(), grace);
      await drills.sign({ drill: id, person: ada.id, passphrase });
      await drills.sign({ drill: id, person: grace.id });
      await drills.addAddendum({ drill: id, person: grace.id, text: 'Seen by the auditor.' });

      const files = await filesOf(id);
      expect(verifyBundle(files)).toMatchObject({ ok: true, problems: [], addenda: 1 });
      const folder = unpackInto(temporaryFolder(), files);
      expect(await failingCommands(folder)).toEqual([]);
      // The fingerprint that is compared with what Grace says is that of the key in KMS.
      const { stdout } = await promisify(execFile)('sh', [
        '-c',
        `openssl pkey -pubin -in "${folder}/keys/approver.pem" -outform DER | sha256sum`,
      ]);
      expect(stdout.slice(0, 64)).toBe(grace.fingerprint);

      const other = await filesOf(await signedAnother(grace));
      const mixed = new Map(files);
      mixed.set('signatures/approver.sig', other.get('signatures/approver.sig') ?? Buffer.of());
      expect(verifyBundle(mixed).problems.map(({ file }) => file)).toContain(
        'signatures/approver.sig',
      );
      expect((await failingCommands(unpackInto(temporaryFolder(), mixed))).length).toBe(1);
    },
    120_000,
  );

  async function signedAnother(approver: Person): Promise<string> {
    const { drills } = suite.client;
    const id = await walk(await tableTop(), approver);
    await drills.sign({ drill: id, person: ada.id, passphrase });
    await drills.sign({ drill: id, person: approver.id });
    return id;
  }

  it.each(['SYMMETRIC_DEFAULT', 'ECC_SECG_P256K1', 'RSA_2048'] as const)(
    'of %s that cannot sign records is refused with a sentence',
    async (spec) => {
      const usage = spec === 'ECC_SECG_P256K1' ? 'SIGN_VERIFY' : 'ENCRYPT_DECRYPT';
      const kms = await kmsKey(spec, usage);
      await expect(
        suite.client.drills.addPerson({ name: `Nobody ${spec}`, kms }),
      ).rejects.toMatchObject({
        code: 'unsupported',
      });
      expect((await suite.client.drills.people()).map(({ name }) => name)).not.toContain(
        `Nobody ${spec}`,
      );
    },
    60_000,
  );
});

describe('a second drill of a plan', () => {
  it('is refused while one is open or paused, also where its plan has a new version, and begins after the closing', async () => {
    const { drills } = suite.client;
    const ben = await drills.addPerson({ name: 'Ben', passphrase });
    const plan = await tableTop();
    const begin = () =>
      drills.start({ plan: plan.id, operator: ada.id, approver: ben.id, custodians: [] });
    const { drill } = await begin();
    await expect(begin()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is under way since') as string,
    });
    const { id: _id, version: _version, savedAt: _at, savedBy: _by, hash: _hash, ...body } = plan;
    await drills.savePlan({ plan: plan.id, body });
    await drills.pause({ drill: drill.id, reason: 'Night' });
    await expect(begin()).rejects.toMatchObject({
      message: expect.stringContaining('paused') as string,
    });
    expect((await drills.plans()).find((row) => row.plan.id === plan.id)?.openDrill).toBe(drill.id);
    expect((await drills.list()).filter((row) => row.plan === plan.id)).toHaveLength(1);

    await drills.resume({ drill: drill.id });
    for (const { id: step } of drill.steps) {
      await drills.endStep({
        drill: drill.id,
        step,
        outcome: 'skipped',
        reason: 'Begun by mistake.',
      });
    }
    await drills.close({ drill: drill.id, printed: false });
    const second = await begin();
    expect(second.drill.previous?.drill).toBe(drill.id);
    for (const { id: step } of second.drill.steps) {
      await drills.endStep({ drill: second.drill.id, step, outcome: 'skipped', reason: 'Test.' });
    }
    await drills.close({ drill: second.drill.id, printed: false });
  }, 60_000);

  it('of another plan may run beside it; a rehearsal may not move the clock of one on the practice account', async () => {
    const { drills } = suite.client;
    const [person] = (await drills.people()).filter(({ name }) => name === 'Ben');
    const [one, two] = [await tableTop(), await tableTop()];
    const begin = (plan: Plan) =>
      drills.start({ plan: plan.id, operator: ada.id, approver: person?.id ?? '', custodians: [] });
    const [first, second] = [await begin(one), await begin(two)];
    expect(first.drill.id).not.toBe(second.drill.id);
    await expect(
      drills.rehearse({ plan: { template: 'break-glass' }, faults: [] }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('clock') as string,
    });
    expect((await drills.list()).filter(({ plan }) => plan.startsWith('rehearsal'))).toEqual([]);
    for (const { drill } of [first, second]) {
      await drills.pause({ drill: drill.id, reason: 'A rehearsal first.' });
    }
    const rehearsal = drills.rehearse({ plan: { template: 'break-glass' }, faults: [] });
    await expect(
      drills.rehearse({ plan: { template: 'break-glass' }, faults: [] }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('rehearsal is under way') as string,
    });
    const { outcome, drill } = await rehearsal;
    expect(outcome.result).toBe('passed');
    expect(drill.practice).toBe(true);
  }, 240_000);
});
