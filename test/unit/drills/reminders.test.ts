import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/model/drills/finding';
import { noteOf, remindersOf, type ReminderFacts } from '../../../shared/model/drills/reminders';

const now = new Date('2026-11-28T12:00:00Z');
const nothing: ReminderFacts = { plans: [], findings: [], changed: [] };
const plan = (id: string, due: string) => ({
  plan: { id, name: `Plan ${id}`, remindDays: 14 },
  due,
});
const finding = (id: string, due: string, state: Finding['state'] = 'open') => ({
  drill: 'd1',
  finding: { id, text: `Finding ${id}`, owner: 'Ada', due, state },
});

describe('reminders', () => {
  it('name what is overdue before what is due soon, and changes nobody took back before both', () => {
    const reminders = remindersOf(
      {
        plans: [
          plan('soon', '2026-12-05T00:00:00Z'),
          plan('late', '2026-11-20T00:00:00Z'),
          plan('later', '2027-01-20T00:00:00Z'),
        ],
        findings: [
          finding('a', '2026-11-27'),
          finding('b', '2026-12-01'),
          finding('c', '2026-11-27', 'retested'),
        ],
        changed: [{ drill: 'd9', name: 'Quarterly', since: '2026-11-01T00:00:00Z', changes: 2 }],
      },
      now,
    );
    expect(reminders.map(({ kind, place }) => [kind, place])).toEqual([
      ['to-undo', '/drills/run/d9'],
      ['drill-overdue', '/drills/plan/late'],
      ['finding-overdue', '/drills/findings'],
      ['drill-soon', '/drills/plan/soon'],
      ['finding-soon', '/drills/findings'],
    ]);
    expect(reminders.map(({ text }) => text)).toContain(
      'The drill Plan late was due on 2026-11-20.',
    );
  });

  it('leave a finding its own day', () => {
    const on = (due: string) =>
      remindersOf({ ...nothing, findings: [finding('a', due)] }, now)[0]?.kind;
    expect(on('2026-11-27')).toBe('finding-overdue');
    expect(on('2026-11-28')).toBe('finding-soon');
    expect(on('2026-12-04')).toBe('finding-soon');
    expect(on('2026-12-05')).toBeUndefined();
  });

  it('become one notification, which leads to the one thing or to the list', () => {
    expect(noteOf([])).toBeUndefined();
    const one = remindersOf({ ...nothing, plans: [plan('late', '2026-11-20T00:00:00Z')] }, now);
    expect(noteOf(one)).toEqual({
      title: 'Recovery drills: something is due',
      body: 'The drill Plan late was due on 2026-11-20.',
      place: '/drills/plan/late',
    });
    const findings = [1, 2, 3, 4, 5].map((id) => finding(String(id), '2026-11-01'));
    const many = noteOf(remindersOf({ ...nothing, findings }, now));
    expect(many?.place).toBe('/drills/findings');
    expect(many?.body.split('\n')).toHaveLength(4);
    expect(many?.body).toContain('And 2 more.');
    const mixed = noteOf(
      remindersOf({ ...nothing, findings, plans: [plan('x', '2026-11-01')] }, now),
    );
    expect(mixed?.place).toBe('/drills');
  });
});
