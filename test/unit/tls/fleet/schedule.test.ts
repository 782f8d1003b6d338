import { describe, expect, it, onTestFinished } from 'vitest';
import { nextDue, openSchedules } from '../../../../electron/tls/fleet/schedule';
import { startScheduler } from '../../../../electron/scheduler';

const at = (text: string) => new Date(`${text}T12:00:00Z`);

describe('a schedule', () => {
  it.each([
    ['day', '2026-12-31', '2027-01-01'],
    ['week', '2026-11-24', '2026-12-01'],
    ['month', '2027-01-31', '2027-02-28'],
    ['month', '2026-12-15', '2027-01-15'],
  ] as const)('of every %s after %s is due on %s', (every, since, next) => {
    expect(nextDue(every, at(since))).toEqual(at(next));
  });

  it('of never is never due', () => {
    expect(nextDue('never', at('2026-11-24'))).toBeUndefined();
  });

  it('counts from when it was set, then from the last scan of all', () => {
    const values = new Map<string, unknown>();
    let now = at('2026-11-24');
    const store = {
      readValue: (name: string) => values.get(name),
      writeValue: (name: string, value: unknown) => void values.set(name, value),
    };
    const schedules = openSchedules(store, () => now);
    expect(schedules.read()).toMatchObject({ every: 'never' });
    expect(schedules.read().nextAt).toBeUndefined();
    const written = schedules.write({ ...schedules.read(), every: 'week', nextAt: 'nonsense' });
    expect(written.nextAt).toBe(at('2026-12-01').toISOString());
    now = at('2026-11-26');
    schedules.ran(now);
    expect(schedules.read().nextAt).toBe(at('2026-12-03').toISOString());
    // Another program start sees the same.
    expect(openSchedules(store, () => at('2026-12-20')).read().nextAt).toBe(
      at('2026-12-03').toISOString(),
    );
    values.set('tls.schedule', { every: 'sometimes' });
    expect(schedules.read().every).toBe('never');
  });
});

describe('the scheduler', () => {
  function start(nextAt: () => string | undefined, fails = false) {
    const ran: string[] = [];
    const failed: unknown[] = [];
    const scheduler = startScheduler({
      nextAt,
      run() {
        ran.push(nextAt() ?? '');
        return fails ? Promise.reject(new Error('no')) : Promise.resolve();
      },
      onFailed: (error) => void failed.push(error),
      now: () => at('2026-11-24'),
      graceMs: 0,
    });
    onTestFinished(() => scheduler.close());
    return { ran, failed, scheduler };
  }

  it('begins what was missed, once', async () => {
    const missed = at('2026-11-01').toISOString();
    const later = at('2026-12-01').toISOString();
    let due = missed;
    const { ran } = start(() => {
      const now = due;
      if (ran.length > 0) due = later;
      return now;
    });
    await expect.poll(() => ran.length).toBeGreaterThan(0);
    expect(ran[0]).toBe(missed);
  });

  it('looks again when the schedule changes', async () => {
    let due: string | undefined;
    const { ran, scheduler } = start(() => (ran.length > 0 ? undefined : due));
    await new Promise(setImmediate);
    expect(ran).toEqual([]);
    due = at('2026-11-24').toISOString();
    await expect
      .poll(() => {
        scheduler.changed();
        return ran.length;
      })
      .toBe(1);
  });

  it('tells of a scan that did not come about, and does not try it again at once', async () => {
    const { ran, failed } = start(() => at('2026-11-01').toISOString(), true);
    await expect.poll(() => failed.length).toBe(1);
    await new Promise(setImmediate);
    expect(ran).toHaveLength(1);
  });

  it('starts nothing after it was closed', async () => {
    const { ran, scheduler } = start(() => at('2026-11-01').toISOString());
    scheduler.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(ran).toEqual([]);
  });
});
