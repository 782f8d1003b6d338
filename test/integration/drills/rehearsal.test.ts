import { describe, expect, it } from 'vitest';
import { leftChanged, toUndo } from '../../../shared/model/drills/drill';
import type { RehearsalFault } from '../../../shared/model/drills/rehearsal';
import type { TemplateId } from '../../../shared/model/drills/templates';
import { readZip } from '../../../electron/drills/bundle/read';
import { verifyBundle } from '../../../electron/drills/bundle/verify';
import { openForTest, type Opened } from '../services/openForTest';

async function open(): Promise<Opened> {
  const opened = await openForTest({ practice: true });
  await opened.client.settings.set({ quotaPercent: 100 });
  return opened;
}

async function rehearse({ client }: Opened, template: TemplateId, ...faults: RehearsalFault[]) {
  const { drill, outcome } = await client.drills.rehearse({ plan: { template }, faults });
  const step = (id: string) => {
    const found = drill.steps.find((one) => one.id === id);
    return { outcome: found?.outcome, reason: found?.reason ?? '' };
  };
  const failed = drill.steps.flatMap(({ id, outcome: of }) => (of === 'failed' ? [id] : []));
  return { drill, outcome, step, failed };
}

describe('an unattended rehearsal on the practice account', () => {
  it('does the whole quarterly standard, from plan to a signed record that verifies', async () => {
    const opened = await open();
    const { drill, outcome } = await rehearse(opened, 'quarterly');
    expect(drill.steps.map(({ id, outcome: of, reason }) => [id, of, reason])).toEqual(
      drill.steps.map(({ id }) => [id, 'passed', expect.any(String)]),
    );
    expect(outcome.result).toBe('passed');
    expect(toUndo(drill)).toEqual([]);
    expect(leftChanged(drill)).toEqual([]);
    // Every call that AWS logs is tied to its CloudTrail event.
    const calls = drill.steps.flatMap((step) => step.calls);
    expect(calls.filter(({ logged, unlogged }) => !logged && !unlogged)).toEqual([]);
    expect(calls.length).toBeGreaterThan(60);

    const { name, content } = opened.services.drills.bundle(drill.id);
    expect(name).toBe(`${drill.id}.zip`);
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    const report = verifyBundle(await readZip(Buffer.concat(parts)));
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, drill: drill.id, result: 'passed', addenda: 0 });
    expect(report.signatures.map(({ role }) => role)).toEqual(['operator', 'approver']);
    expect(opened.logged).toEqual([]);
  }, 240_000);

  it.each([
    [
      'replica-policy',
      'region-loss',
      'replica',
      /key policy in eu-west-1 has drifted.*put the primary’s policy/,
    ],
    [
      'wrong-share',
      'imported-material',
      'imported-material',
      /the share of Rehearsal custodian 1 is not the one/,
    ],
    [
      'throttled-restore',
      'account-loss',
      'restore-object',
      /throttles s3:GetObject.*higher request quotas/,
    ],
    [
      'alarm-not-wired',
      'quarterly',
      'disable-enable',
      /alarm kms-key-deletion is muted.*Switch them on/,
    ],
  ] as const)(
    'shows the fault %s in the step of it, in %s',
    async (fault, template, id, words) => {
      const opened = await open();
      const { drill, outcome, step, failed } = await rehearse(opened, template, fault);
      expect(step(id)).toEqual({
        outcome: 'failed',
        reason: expect.stringMatching(words) as string,
      });
      expect(failed.filter((one) => one !== id && one !== 'deletion-rehearsal')).toEqual([]);
      expect(outcome.result).toBe('failed');
      expect(toUndo(drill)).toEqual([]);
      expect(drill.signatures).toHaveLength(2);
      const { faults } = await opened.client.practice.status();
      expect(faults).toEqual([]);
    },
    240_000,
  );
});
