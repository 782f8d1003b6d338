import { describe, expect, it } from 'vitest';
import type { ReminderNote } from '../../../shared/model/drills/reminders';
import { openForTest } from '../services/openForTest';

/** The services with a clock that tests move, and what was notified. */
async function open() {
  let time = Date.now();
  const notes: ReminderNote[] = [];
  let shows = true;
  const opened = await openForTest({
    practice: true,
    now: () => new Date(time),
    host: {
      saveFile: () => Promise.resolve(null),
      pickPaths: () => Promise.resolve([]),
      printPage: () => Promise.resolve(new Uint8Array()),
      copyText: () => {},
      openExternal: () => {},
      notify(note) {
        if (shows) notes.push(note);
        return shows;
      },
    },
  });
  return {
    ...opened,
    notes,
    pass: (days: number) => (time += days * 86_400_000),
    system: (on: boolean) => (shows = on),
  };
}

async function plan({ client }: Awaited<ReturnType<typeof open>>) {
  const { body } = await client.drills.planFromTemplate({
    template: 'break-glass',
    connection: 'practice',
  });
  return client.drills.savePlan({ body });
}

describe('reminders of drills', () => {
  it('come once a day at most, from some days before the day on, and lead to the plan', async () => {
    const opened = await open();
    const { client, services, notes, pass } = opened;
    const { id, name, cadenceDays, remindDays } = await plan(opened);
    services.drills.remind();
    expect([notes, await client.drills.reminders()]).toEqual([[], []]);

    pass(cadenceDays - remindDays + 1);
    services.drills.remind();
    services.drills.remind();
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({
      place: `/drills/plan/${id}`,
      body: expect.stringContaining(`${name} is due`) as string,
    });
    pass(1);
    services.drills.remind();
    expect(notes).toHaveLength(2);
    pass(remindDays);
    expect((await client.drills.reminders()).map(({ kind }) => kind)).toEqual(['drill-overdue']);
    services.drills.remind();
    expect(notes[2]?.body).toContain('was due on');
  }, 60_000);

  it('do not come where the operator wants none, and come later where the system showed none', async () => {
    const opened = await open();
    const { client, services, notes, pass, system } = opened;
    const { cadenceDays } = await plan(opened);
    pass(cadenceDays + 1);
    await client.settings.set({ drillNotifications: false });
    services.drills.remind();
    expect(notes).toEqual([]);
    // The window says it all the same.
    expect(await client.drills.reminders()).toHaveLength(1);
    await client.settings.set({ drillNotifications: true });
    system(false);
    services.drills.remind();
    system(true);
    services.drills.remind();
    expect(notes).toHaveLength(1);
  }, 60_000);

  it('end with a plan that is retired, and the window is told', async () => {
    const opened = await open();
    const { client, notes, services, pass } = opened;
    const { id, cadenceDays } = await plan(opened);
    pass(cadenceDays + 1);
    const told: string[] = [];
    const watching = new AbortController();
    const watch = client.app
      .watch(undefined, { signal: watching.signal, onProgress: ({ kind }) => void told.push(kind) })
      .catch(() => {});
    await client.drills.retirePlan({ plan: id });
    await expect.poll(() => told).toContain('reminders-changed');
    expect(await client.drills.reminders()).toEqual([]);
    services.drills.remind();
    expect(notes).toEqual([]);
    watching.abort();
    await watch;
  }, 60_000);
});
