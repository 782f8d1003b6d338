import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../shared/model/drills/person';
import { openInSuite, type Suite } from './openInSuite';

const place = { connection: 'practice', region: 'eu-central-1' };
const passphrase = 'correct horse battery staple';
let suite: Suite;
let operator: Person;
let approver: Person;
let plain: Person;

beforeAll(async () => {
  suite = await openInSuite();
  const [first, second, third] = await Promise.all(
    ['Ada', 'Ben', 'Cid'].map((name) => suite.client.drills.addPerson({ name, passphrase })),
  );
  if (!first || !second || !third) throw new Error('nobody was added');
  [operator, approver, plain] = [first, second, third];
}, 120_000);
afterAll(() => suite.close());

async function signingKey() {
  const { output } = await suite.services.gateway.send(
    place,
    new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
  );
  return { ...place, keyId: output.KeyMetadata?.KeyId ?? '' };
}

async function cast(custodian: Person) {
  const template = { template: 'imported-material', connection: 'practice' } as const;
  const { body } = await suite.client.drills.planFromTemplate(template);
  const plan = await suite.client.drills.savePlan({ body });
  const custodians = [plain.id, custodian.id];
  return { plan: plan.id, operator: operator.id, approver: approver.id, custodians };
}

describe('a custodian who signs with a KMS key', () => {
  it('is refused before anything begins where no share could be sealed to them', async () => {
    const { drills } = suite.client;
    const dora = await drills.addPerson({ name: 'Dora', kms: await signingKey() });
    expect(dora.takesShares).toBe(false);
    await expect(drills.start(await cast(dora))).rejects.toThrow(
      'Dora signs with a KMS key alone, to which no share of key material can be sealed.',
    );
    expect(await drills.list()).toEqual([]);
  });

  it('keeps a share under a passphrase, brings it, and signs nothing with it', async () => {
    const { drills } = suite.client;
    const kms = await signingKey();
    const edith = await drills.addPerson({ name: 'Edith', kms, sharesPassphrase: passphrase });
    expect(edith).toMatchObject({
      holds: 'kms',
      takesShares: true,
      algorithm: 'ECDSA-P256-SHA256',
    });
    const { drill } = await drills.start(await cast(edith));
    await expect(
      drills.acknowledge({ drill: drill.id, person: edith.id, passphrase: 'of somebody else' }),
    ).rejects.toThrow('The passphrase is not the right one.');
    for (const person of [plain.id, edith.id]) {
      await drills.acknowledge({ drill: drill.id, person, passphrase });
    }
    await drills.runStep({ drill: drill.id, step: 'prepare' });
    await drills.runStep({ drill: drill.id, step: 'inventory' });
    const custodians = [plain.id, edith.id].map((person) => ({ person, passphrase }));
    const step = 'imported-material';
    const { drill: after } = await drills.runStep({ drill: drill.id, step, custodians });
    const done = after.steps.map(({ id, outcome, reason = '' }) => `${id} ${outcome} ${reason}`);
    expect(done.slice(0, 3).join('\n')).toMatch(/^prepare passed .*\n.*\nimported-material passed/);
  }, 120_000);

  it('has a key of their own', async () => {
    const { drills } = suite.client;
    const kms = await signingKey();
    await drills.addPerson({ name: 'Flora', kms });
    await expect(drills.addPerson({ name: 'Gill', kms })).rejects.toThrow(
      'Flora signs with this key already: each person has a key of their own.',
    );
    await expect(drills.addPerson({ name: 'Two\nlines', passphrase })).rejects.toThrow(
      'A name is one line of text.',
    );
  });
});
