import { z } from 'zod';
import { scheduleSchema, type Schedule } from '../../../shared/model/tls/fleet';
import type { ValueStore } from '../../settings/index';

/** When scans run by themselves, as it is stored. */
export interface Schedules {
  /** With the next due time. */
  read(): Schedule;
  write(schedule: Schedule): Schedule;
  /** A scan of all endpoints has ended, by itself or by hand: the next is due one period later. */
  ran(at: Date): void;
}

export const defaultSchedule: Schedule = {
  every: 'never',
  concurrency: 32,
  connectionsPerHost: 6,
  pauseMs: 0,
  revocation: false,
  skipProbes: [],
  keepDays: 400,
};

const names = { schedule: 'tls.schedule', since: 'tls.scheduledFrom' };

export function openSchedules(values: ValueStore, now: () => Date): Schedules {
  function read(): Schedule {
    const stored = scheduleSchema
      .omit({ nextAt: true })
      .safeParse(values.readValue(names.schedule));
    const schedule = stored.data ?? defaultSchedule;
    const since = z.iso.datetime().safeParse(values.readValue(names.since)).data;
    const nextAt = nextDue(schedule.every, since === undefined ? now() : new Date(since));
    return { ...schedule, ...(nextAt && { nextAt: nextAt.toISOString() }) };
  }
  const ran = (at: Date) => values.writeValue(names.since, at.toISOString());

  return {
    read,
    ran,
    write({ nextAt: _computed, ...schedule }) {
      // A period counts from when it was chosen, unless scans have run in it before.
      if (values.readValue(names.since) === undefined) ran(now());
      values.writeValue(names.schedule, schedule);
      return read();
    },
  };
}

/** One period after a scan, in UTC; a month of fewer days ends on its last. */
export function nextDue(every: Schedule['every'], since: Date): Date | undefined {
  const next = new Date(since);
  switch (every) {
    case 'never':
      return undefined;
    case 'day':
      next.setUTCDate(next.getUTCDate() + 1);
      return next;
    case 'week':
      next.setUTCDate(next.getUTCDate() + 7);
      return next;
    case 'month': {
      const day = next.getUTCDate();
      next.setUTCMonth(next.getUTCMonth() + 1);
      if (next.getUTCDate() !== day) next.setUTCDate(0);
      return next;
    }
    default:
      return every satisfies never;
  }
}
