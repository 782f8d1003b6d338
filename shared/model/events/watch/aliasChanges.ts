import {
  alertOf,
  keyText,
  parametersOf,
  text,
  timeText,
  type ChangeEvent,
  type Draft,
} from './draft';
import { noPast, type Past } from './past';

/**
 * The alerts for aliases that lead to another key, or nowhere any more. One that is pointed back to
 * its key shortly after is taken back.
 * @param events CreateAlias, UpdateAlias and DeleteAlias, oldest first, done
 */
export function aliasChanges(
  events: readonly ChangeEvent[],
  undoneWithinHours: number,
  past: Past = noPast,
): Draft[] {
  const targets = new Map<string, string>();
  const moved = new Map<string, { at: string; from: string }>();
  const drafts: Draft[] = [];
  for (const event of events) {
    const { row } = event;
    const alias = aliasOf(event);
    const name = `${row.account}|${row.region}|${alias ?? row.eventId}`;
    const target = text(parametersOf(event.record)?.['targetKeyId'])?.replace(/^.*\//, '');
    const stored = targets.get(name);
    const { account, region } = row;
    const reading =
      stored === undefined && alias !== undefined
        ? past({ part: 'alias', account, region, subject: alias }, row.at)
        : undefined;
    const before = stored ?? reading?.value;
    const source = reading ? ` by the inventory of ${timeText(reading.at)}` : '';
    if (target !== undefined) targets.set(name, target);
    if (row.name === 'CreateAlias') continue;
    const called = alias ?? 'an alias that the record does not name';
    if (row.name === 'DeleteAlias') {
      targets.delete(name);
      const led = before === undefined ? '' : ` It led to key ${before}${source}.`;
      const did = `deleted ${called} at ${timeText(row.at)}.${led}`;
      const alert = alertOf(row, 'alias-deleted', 'medium', did);
      drafts.push({ alert, undoneBy: `alias|${name}`, groups: true });
      continue;
    }
    if (target !== undefined && target === before) continue;
    const last = moved.get(name);
    const soon =
      last && (Date.parse(row.at) - Date.parse(last.at)) / 3_600_000 <= undoneWithinHours;
    if (before !== undefined) moved.set(name, { at: row.at, from: before });
    if (soon && last.from === target) continue;
    const to = target === undefined ? keyText(row.keys[0]) : `key ${target}`;
    const from =
      before === undefined
        ? 'To which key it led before is not stored.'
        : `It led to key ${before}${source}.`;
    const did = `pointed ${called} at ${to} at ${timeText(row.at)}. ${from}`;
    const alert = alertOf(row, 'alias-re-pointed', 'medium', did);
    drafts.push({ alert, undoneBy: before && `alias|${name}|${before}`, groups: false });
  }
  return drafts;
}

/** The names under which an alias's event takes earlier ones back. */
export function aliasPutBack(event: ChangeEvent): string[] {
  const alias = aliasOf(event);
  if (alias === undefined || !/^(Create|Update)Alias$/.test(event.row.name)) return [];
  const name = `alias|${event.row.account}|${event.row.region}|${alias}`;
  const target = text(parametersOf(event.record)?.['targetKeyId'])?.replace(/^.*\//, '');
  return event.row.name === 'CreateAlias' ? [name] : [`${name}|${target ?? ''}`];
}

function aliasOf({ record }: ChangeEvent): string | undefined {
  return text(parametersOf(record)?.['aliasName']);
}
