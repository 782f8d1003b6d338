import { setImmediate as nextTurn } from 'node:timers/promises';
import { changeEvents } from '../../../shared/model/events/watch/changeAlerts';
import type { ChangeEvent } from '../../../shared/model/events/watch/draft';
import type { EventStore } from '../store/eventStore';
import type { EventTable } from '../table/eventTable';
import { actorAt } from './actor';

/** Reads the events that dangerous changes are told from, each once, with their records. */
export interface ChangeReader {
  /** Takes the events from a number on. */
  take(from: number): Promise<void>;
  /** Oldest first. */
  readonly events: readonly ChangeEvent[];
}

export function createChangeReader(store: EventStore, table: EventTable): ChangeReader {
  const events: ChangeEvent[] = [];
  const grantsRead = new Set<string>();

  /** Services make grants by the thousand: the first of a caller, a service and a key stands for all. */
  function isLikeAnother(index: number): boolean {
    const { service, key } = table.columns;
    if (service.at(index) === 0) return false;
    const like = `${actorAt(table, index)} ${service.at(index)} ${key.at(index)}`;
    if (grantsRead.has(like)) return true;
    grantsRead.add(like);
    return false;
  }

  return {
    events,
    async take(from) {
      const { name, source, outcome } = table.columns;
      const { words } = table;
      const ok = words.outcome.find('ok');
      const named = new Set(Object.values(changeEvents).flatMap((names) => Object.keys(names)));
      const wanted = Uint8Array.from(words.name.values, (each) => (named.has(each) ? 1 : 0));
      const news: number[] = [];
      const withRecord: number[] = [];
      const names = name.raw;
      for (let i = from; i < table.length; i += 1) {
        if (wanted[names[i] ?? 0] !== 1) continue;
        const eventName = words.name.valueOf(names[i] ?? 0) ?? '';
        const ofSource = changeEvents[words.source.valueOf(source.at(i)) ?? ''];
        const needs = ofSource?.[eventName];
        if (needs === undefined) continue;
        if (eventName === 'CreateGrant' && isLikeAnother(i)) continue;
        news.push(i);
        if (needs === 'record' && outcome.at(i) === ok) withRecord.push(i);
      }
      const records = new Map<number, unknown>();
      for await (const [index, record] of store.records(withRecord)) {
        records.set(index, partOf(record));
        if (records.size % 50 === 0) await nextTurn();
      }
      for (const index of news) {
        events.push({ row: table.row(index), record: records.get(index) });
      }
      events.sort((a, b) => (a.row.at < b.row.at ? -1 : a.row.at > b.row.at ? 1 : 0));
    },
  };
}

/** What the rules read of a record; the rest need not be kept. */
function partOf(record: unknown): unknown {
  const { requestParameters, responseElements, additionalEventData } = record as Record<
    string,
    unknown
  >;
  return { requestParameters, responseElements, additionalEventData };
}
