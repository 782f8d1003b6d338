import type { Alert } from '../../../shared/model/events/findings';
import { keyText } from '../../../shared/model/events/watch/draft';
import { watchRules } from '../../../shared/model/events/watch/rules';
import type { EventTable } from '../table/eventTable';
import { actorName } from './actor';
import { keptEvents, type FoundHour, type FoundUse } from './found';
import { hourDetails, type HourDetail } from './hourDetails';
import type { Unusual } from './unusual';

const daySeconds = 86_400;

/** The alerts for what was found, in words and numbers; of one caller and day one. */
export function unusualAlerts(table: EventTable, unusual: Unusual): Alert[] {
  const { uses, hours } = unusual.found();
  const details = hourDetails(table, hours, unusual);
  const told = hours.flatMap((found, n) => {
    const detail = details[n];
    return detail && !isToldByKey(found, hours, details)
      ? [hourAlert(table, found, detail, unusual)]
      : [];
  });
  return [...together(uses).map((group) => useAlert(table, group, unusual)), ...told];
}

/** A caller's flood over one key is told once, with the key. */
function isToldByKey(
  found: FoundHour,
  hours: readonly FoundHour[],
  details: readonly (HourDetail | undefined)[],
): boolean {
  if (found.of !== 'actor' || found.rule !== 'volume') return false;
  return hours.some(
    (other, n) =>
      other.of === 'key' &&
      other.hour === found.hour &&
      details[n]?.callers[0]?.actor === found.subject,
  );
}

/** What one caller did within a day of the first, by rule. */
function together(uses: readonly FoundUse[]): FoundUse[][] {
  const groups: FoundUse[][] = [];
  const last = new Map<string, FoundUse[]>();
  for (const use of uses) {
    const name = `${use.rule} ${use.actor} ${use.place.account} ${use.place.region}`;
    const open = last.get(name);
    if (open?.[0] && use.at - open[0].at <= daySeconds) open.push(use);
    else {
      const group = [use];
      groups.push(group);
      last.set(name, group);
    }
  }
  return groups;
}

function useAlert(table: EventTable, group: readonly FoundUse[], { keyName }: Unusual): Alert {
  const [first] = group as [FoundUse, ...FoundUse[]];
  const index = first.events[0] ?? 0;
  const row = table.row(index);
  const { rule } = first;
  const { kind, title } = watchRules[rule];
  const keys = group.flatMap((each) => each.keys.map(keyName));
  const count = group.reduce((sum, each) => sum + each.count, 0);
  const who = actorName(table, first.actor);
  const foreign = row.callerAccount !== undefined && row.callerAccount !== row.account;
  const often = count === 1 ? '' : ` ${count.toLocaleString('en')} times within a day`;
  const more = keys.length > 1 ? ` and ${keys.length - 1} more` : '';
  const did =
    rule === 'new-network'
      ? `called${often} ${first.why}`
      : `used ${keyText(keys[0])}${more}${often}. ${first.why}`;
  return {
    id: `${rule}|${row.eventId}`,
    kind,
    rule,
    severity: first.grave || (rule === 'new-caller' && foreign) ? 'high' : 'medium',
    title,
    reason: `${who} ${did}${foreign ? ` The caller belongs to account ${row.callerAccount}.` : ''}`,
    at: row.at,
    account: row.account,
    region: row.region,
    caller: who,
    ...(keys.length === 1 && { key: keys[0] }),
    events: group
      .flatMap(({ events }) => events)
      .slice(0, keptEvents)
      .map((each) => table.ids.at(each)),
    count,
  };
}

function hourAlert(
  table: EventTable,
  found: FoundHour,
  detail: HourDetail,
  { keyName }: Unusual,
): Alert {
  const { rule, of, subject, hour, count, habit } = found;
  const { kind, title } = watchRules[rule];
  const row = table.row(detail.events[0] ?? 0);
  const name = of === 'key' ? keyName(subject) : actorName(table, subject);
  const top = detail.callers[0];
  const caller = of === 'actor' ? name : top ? actorName(table, top.actor) : row.caller;
  const number = (n: number) => n.toLocaleString('en', { maximumFractionDigits: 1 });
  const span = `on ${isoHour(hour).slice(0, 10)} between ${clock(hour)} and ${clock(hour + 1)} UTC`;
  const had =
    rule === 'denial-burst'
      ? `${name} was denied ${number(count)} times ${span}`
      : `${of === 'key' ? `K${keyText(name).slice(1)}` : name} had ${number(count)} calls ${span}`;
  const what = rule === 'denial-burst' ? 'denials' : 'calls';
  const callers = detail.callers
    .slice(0, 3)
    .map((each) => `${actorName(table, each.actor)} ${number(each.count)}`);
  const reason = [
    `${had}.`,
    `At that hour of the day ${number(habit.median)} ${what} are usual (median of ${habit.days} days); the busiest hour of the five weeks before had ${number(habit.busiest)}.`,
    ...(of === 'key' ? [`By: ${callers.join(', ')}.`] : []),
    ...(of === 'actor' && detail.keys > 1 ? [`They were about ${detail.keys} keys.`] : []),
  ].join(' ');
  return {
    id: `${rule}|${of === 'key' ? name : `${row.account} ${row.callerArn ?? name}`}|${isoHour(hour)}`,
    kind,
    rule,
    severity: 'medium',
    title,
    reason,
    at: row.at,
    account: row.account,
    region: row.region,
    caller,
    ...(of === 'key' && { key: name }),
    ...(of === 'actor' && detail.keys === 1 && row.keys[0] && { key: row.keys[0] }),
    events: detail.events.map((index) => table.ids.at(index)),
    count,
  };
}

function isoHour(hour: number): string {
  return `${new Date(hour * 3_600_000).toISOString().slice(0, 19)}Z`;
}

function clock(hour: number): string {
  return isoHour(hour).slice(11, 16);
}
