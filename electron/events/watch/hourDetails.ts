import { flag } from '../table/columns';
import type { EventTable } from '../table/eventTable';
import { actorAt } from './actor';
import { keptEvents, type FoundHour } from './found';
import type { Unusual } from './unusual';

/** Who and what made an hour unusual. */
export interface HourDetail {
  /** Numbers of its first events. */
  readonly events: number[];
  /** Who called how often, the most frequent first. */
  readonly callers: { actor: number; count: number }[];
  /** How many keys the calls were about. */
  readonly keys: number;
}

/** Looks at the events of some hours again, in one pass over all; undefined for an hour without any. */
export function hourDetails(
  table: EventTable,
  found: readonly FoundHour[],
  { keyName }: Pick<Unusual, 'keyName'>,
): (HourDetail | undefined)[] {
  if (found.length === 0) return [];
  const { at, outcome, source, flags } = table.columns;
  const kms = table.words.source.find('kms.amazonaws.com');
  const wanted = new Set(found.map(({ hour }) => hour));
  const inHour = new Map<number, number[]>();
  const times = at.raw;
  for (let i = 0; i < table.length; i += 1) {
    const hour = Math.floor((times[i] ?? 0) / 3600);
    if (!wanted.has(hour) || source.at(i) !== kms || flags.at(i) & flag.dryRun) continue;
    const list = inHour.get(hour);
    if (list) list.push(i);
    else inHour.set(hour, [i]);
  }
  const outcomes = {
    volume: table.words.outcome.find('ok'),
    'denial-burst': table.words.outcome.find('denied'),
  };
  return found.map(({ rule, of, subject, hour }) => {
    const events = (inHour.get(hour) ?? [])
      .filter((index) => {
        if (outcome.at(index) !== outcomes[rule]) return false;
        if (of === 'actor') return actorAt(table, index) === subject;
        return table.row(index).keys.includes(keyName(subject));
      })
      .toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
    return events.length === 0 ? undefined : detailOf(table, events);
  });
}

function detailOf(table: EventTable, events: readonly number[]): HourDetail {
  const callers = new Map<number, number>();
  const keys = new Set<number>();
  for (const index of events) {
    const actor = actorAt(table, index);
    callers.set(actor, (callers.get(actor) ?? 0) + 1);
    const key = table.columns.key.at(index);
    if (key !== 0) keys.add(key);
  }
  return {
    events: events.slice(0, keptEvents),
    callers: [...callers]
      .map(([actor, count]) => ({ actor, count }))
      .toSorted((a, b) => b.count - a.count),
    keys: keys.size,
  };
}
