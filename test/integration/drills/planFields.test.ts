import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../shared/model/drills/person';
import type { PlanBody } from '../../../shared/model/drills/plan';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { openInSuite, type Suite } from './openInSuite';

const passphrase = 'correct horse battery staple';
let suite: Suite;
let people: Person[];

beforeAll(async () => {
  suite = await openInSuite();
  const names = ['Ada', 'Ben'];
  const { drills } = suite.client;
  people = await Promise.all(names.map((name) => drills.addPerson({ name, passphrase })));
}, 120_000);
afterAll(() => suite.close());

/** The steps about data alone, with what the plan says of it. */
async function outcomes(change: Partial<PlanBody>) {
  const { drills } = suite.client;
  const template = { template: 'quarterly', connection: 'practice' } as const;
  const { body } = await drills.planFromTemplate(template);
  const kinds = ['restore-object', 'mass-restore'];
  const steps = body.steps.filter(({ kind }) => kinds.includes(kind));
  const objectives = body.objectives.filter(({ id }) => ['data', 'time'].includes(id));
  const plan = await drills.savePlan({
    body: { ...body, custodians: 0, steps, objectives, ...change },
  });
  const [operator, approver] = people.map(({ id }) => id);
  const cast = { operator: operator ?? '', approver: approver ?? '', custodians: [] };
  const { drill } = await drills.start({ plan: plan.id, ...cast });
  for (const { id } of steps) await drills.runStep({ drill: drill.id, step: id });
  return (await drills.get({ drill: drill.id })).drill.steps;
}

describe('a plan', () => {
  it('restores the file that it names, and asks for the hours that it allows', async () => {
    const path = join(temporaryFolder(), 'backup.bin');
    writeFileSync(path, 'what came out of the safe');
    const sha256 = createHash('sha256').update('what came out of the safe').digest('hex');
    const massRestore = { dataKeys: 1_000_000_000, quotaPercent: 50, what: 'the archive' };
    const [restored, estate] = await outcomes({
      restoreFile: { path, sha256 },
      massRestore: { ...massRestore, withinHours: 100 },
      rtoMinutes: 1,
    });
    expect(restored).toMatchObject({ outcome: 'passed' });
    expect(restored?.reason).toContain(`${path} came back unchanged: SHA-256 ${sha256}.`);
    expect(estate).toMatchObject({ outcome: 'passed' });
    expect(estate?.reason).toMatch(
      /1,000,000,000 data keys of the archive .* objective is 100.0 h/,
    );

    const [changed, slow] = await outcomes({
      restoreFile: { path, sha256: sha256.replace(/^./, sha256.startsWith('0') ? '1' : '0') },
      massRestore: { ...massRestore, withinHours: 1 },
    });
    expect(changed?.reason).toContain('came back changed');
    expect(changed?.outcome).toBe('failed');
    expect(slow?.reason).toContain('longer than the objective of 1.0 hours');
    expect(slow?.outcome).toBe('failed');
  }, 120_000);

  it('fails where the file or the version of the object is gone', async () => {
    const path = join(temporaryFolder(), 'none.bin');
    const sha256 = 'ab'.repeat(32);
    const [gone] = await outcomes({ restoreFile: { path, sha256 } });
    expect(gone).toMatchObject({ outcome: 'failed' });
    expect(gone?.reason).toContain(`There is no file ${path}`);
    const restore = { bucket: 'no-such-bucket', key: 'a', versionId: 'v1', sha256 };
    const [absent] = await outcomes({ restore });
    expect(absent?.outcome).toBe('failed');
  }, 120_000);
});
