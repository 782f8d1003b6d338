import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alert } from '../../../shared/model/events/findings';
import { runCli } from '../cli/runCli';
import { openForTest } from '../services/openForTest';
import { writeCompanyYear, type CompanyYear } from './companyYear';

const root = mkdtempSync(join(tmpdir(), 'claviger-test-'));
const dataDir = join(root, 'data');
let year: CompanyYear;
beforeAll(async () => {
  const logs = join(root, 'logs');
  year = await writeCompanyYear(join(root, 'practice'), logs);
  expect((await runCli(dataDir, ['events', 'import', logs])).code).toBe(0);
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Days before the end of the year, severity, rule, who. */
function line({ at, severity, rule, caller }: Alert): string {
  return `${year.daysAgo(at)} ${severity} ${rule} ${caller}`;
}

describe('claviger events watch --acknowledge', () => {
  it('needs a note, and an alert that is there; the journal has both', async () => {
    const watch = (...args: string[]) => runCli(dataDir, ['events', 'watch', ...args]);
    const listed = await watch('--rule', 'kms-left-out');
    const id = /ID: (\S+)/.exec(listed.stdout)?.[1] ?? '';
    expect(id).toMatch(/^kms-left-out\|/);

    for (const args of [
      ['--acknowledge', id],
      ['--acknowledge', id, '--note', '  '],
      ['--note', 'why'],
    ]) {
      const refused = await watch(...args);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('--note');
    }
    const unknown = await watch('--acknowledge', 'volume|gone', '--note', 'why');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('no such alert');
    expect((await watch('--rule', 'kms-left-out')).code).toBe(1);

    const done = await watch('--acknowledge', id, '--note', 'Ticket 4711', '--json');
    expect(done.code).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({
      id,
      rule: 'kms-left-out',
      note: 'Ticket 4711',
    });
    expect((await watch('--rule', 'kms-left-out')).code).toBe(0);
    const kept = await watch('--rule', 'kms-left-out', '--acknowledged');
    expect(kept.stdout).toContain('Ticket 4711');

    const { client } = await openForTest({ dataDir });
    const { entries } = await client.journal.list({ limit: 10 });
    const [entry, refused] = entries.filter(({ what }) => what === 'events.acknowledge');
    expect(entry).toMatchObject({ outcome: 'ok', facts: { id, note: 'Ticket 4711' } });
    expect(refused).toMatchObject({ outcome: 'failed', error: 'not-found' });
    await client.events.unacknowledge({ id });
  }, 60_000);
});

describe('the watch over the company’s year', () => {
  it('tells exactly what is planted, and nothing of what is quiet', async () => {
    const { client } = await openForTest({ dataDir });
    const report = await client.events.watch();
    expect(report.events).toBe(year.events);
    expect(report.learning).toEqual([]);
    expect(report.unreadable).toEqual([]);
    const lines = report.alerts.map(line);
    // docs/practice-account.md has this list for people.
    expect(lines).toEqual([
      '2 high key-deletion-scheduled practice-operator',
      '5 medium new-caller crm-sync',
      '9 high change-refused bjorn.lind',
      '9 medium used-after-silence bjorn.lind',
      '9 medium denial-burst bjorn.lind',
      '12 medium key-deletion-scheduled alice-admin',
      '14 high key-deletion-scheduled practice-operator',
      '15 high key-deletion-scheduled practice-operator',
      '17 medium replica-first-used legacy-portal',
      '20 high key-deletion-scheduled practice-operator',
      '30 high imported-material-expired KMS',
      '33 medium denial-burst customer-portal',
      '33 medium policy-lockout-bypassed alice-admin',
      '47 high new-network customer-portal',
      '47 medium volume customer-portal',
      '68 high grant-other-account alice-admin',
      '75 medium key-disabled alice-admin',
      '120 high kms-left-out alice-admin',
      '120 high key-disabled practice-operator',
      '250 high key-disabled practice-operator',
      '290 medium alias-re-pointed practice-operator',
      '350 high policy-public practice-operator',
      // Older than the year: what the seed did when it made the keys.
      '420 medium grant-new-principal practice-operator',
      '420 high key-disabled practice-operator',
      '470 high policy-other-account practice-operator',
      '500 medium rotation-off practice-operator',
      '558 medium alias-re-pointed practice-operator',
      '690 high policy-lockout-bypassed practice-operator',
      '818 medium replica-made practice-operator',
      '868 medium replica-made practice-operator',
      '868 medium replica-made practice-operator',
    ]);
  });

  it('says who gained and who lost by a policy, and that it was taken back', async () => {
    const { client } = await openForTest({ dataDir });
    const { alerts } = await client.events.watch();
    const mistake = alerts.find(
      ({ rule, at }) => rule === 'policy-lockout-bypassed' && year.daysAgo(at) === 33,
    );
    expect(mistake).toMatchObject({
      undone: { by: 'alice-admin', name: 'PutKeyPolicy' },
      policyChange: {
        gained: [
          {
            principal: 'arn:aws:iam::111122223333:role/customer-portal-v2',
            actions: ['kms:*'],
            powers: ['everything'],
          },
        ],
        lost: [{ principal: 'arn:aws:iam::111122223333:root' }],
      },
    });
    expect(mistake?.reason).toContain('took it back 9 minutes later');
  });

  it('sets an alert aside with a note, which outlives the events, and opens it again', async () => {
    const first = await openForTest({ dataDir });
    const { alerts } = await first.client.events.watch();
    const { id, reason } = alerts[0] as Alert;
    const high = (await first.client.events.openAlerts())?.high ?? 0;
    await first.client.events.acknowledge({ id, note: 'Agreed with the owner' });
    expect(await first.client.events.openAlerts()).toMatchObject({ high: high - 1 });
    const { entries } = await first.client.journal.list({ limit: 10 });
    const entry = entries.find(({ what }) => what === 'events.acknowledge');
    expect(entry?.facts).toMatchObject({ id, note: 'Agreed with the owner' });
    expect(entry?.facts['result.reason']).toBe(reason);
    await first.close();

    const again = await openForTest({ dataDir });
    const later = await again.client.events.watch();
    expect(later.alerts[0]?.acknowledged).toMatchObject({ note: 'Agreed with the owner' });
    await again.client.events.unacknowledge({ id });
    expect((await again.client.events.watch()).alerts[0]?.acknowledged).toBeUndefined();
    await expect(again.client.events.unacknowledge({ id })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(
      again.client.events.acknowledge({ id: 'volume|gone', note: 'x' }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('follows the settings, which the journal records', async () => {
    const { client } = await openForTest({ dataDir });
    const standard = await client.events.watchSettings();
    await client.events.setWatchSettings({
      ...standard,
      off: ['volume'],
      denialMinimum: 50,
      silenceDays: 3650,
    });
    const { alerts } = await client.events.watch();
    const lines = alerts.map(line);
    expect(lines).toContain('9 medium denial-burst bjorn.lind');
    expect(lines).not.toContain('33 medium denial-burst customer-portal');
    expect(lines).not.toContain('47 medium volume customer-portal');
    expect(lines).not.toContain('9 medium used-after-silence bjorn.lind');
    await client.events.setWatchSettings(standard);
    const { entries } = await client.journal.list({ limit: 10 });
    expect(entries.map(({ what }) => what)).toContain('events.setWatchSettings');
  });

  it('is told on the command line, by rule, severity and time', async () => {
    const month = new Date(year.plan.to - 31 * 86_400_000).toISOString().slice(0, 10);
    const args = ['events', 'watch', '--severity', 'high', '--since', month, '--json'];
    const told = await runCli(dataDir, args);
    expect(told.code).toBe(1);
    const { alerts } = JSON.parse(told.stdout) as { alerts: Alert[] };
    expect(alerts.map(line)).toEqual([
      '2 high key-deletion-scheduled practice-operator',
      '9 high change-refused bjorn.lind',
      '14 high key-deletion-scheduled practice-operator',
      '15 high key-deletion-scheduled practice-operator',
      '20 high key-deletion-scheduled practice-operator',
      '30 high imported-material-expired KMS',
    ]);
    const none = await runCli(dataDir, ['events', 'watch', '--rule', 'trail-stopped']);
    expect(none.code).toBe(0);
    expect(none.stdout).toContain('0 alerts in');
    const by = ['events', 'watch', '--where', 'caller=crm-sync/x', '--rule', 'new-caller'];
    expect((await runCli(dataDir, by)).code).toBe(0);
    expect((await runCli(dataDir, ['events', 'watch', '--rule', 'new'])).code).toBe(2);
    expect((await runCli(dataDir, ['events', 'watch', '--severity', 'red'])).code).toBe(2);
  });
});

it('shows in triage what failed in that year', async () => {
  const { client } = await openForTest({ dataDir });
  const query = { search: '', filters: {}, dryRuns: false };
  const { groups } = await client.events.triage({ query });
  const causes = (caller: string) =>
    groups.filter((group) => group.caller.startsWith(caller)).map(({ cause }) => cause);
  expect(new Set(causes('bjorn.lind'))).toEqual(new Set(['denied']));
  expect(causes('customer-portal')).toContain('denied');
  expect(causes('checkout-api')).toContain('disabled');
  expect(causes('data-pipeline')).toContain('throttled');
  expect(causes('crm-sync')).toContain('pending-deletion');
});
