import { recordFacts } from '../../shared/model/events/session';
import type { EventStore } from './store/eventStore';

/** Records that are looked into at most: two accounts' calls of one name in one second are few. */
const mostLooks = 200;

/**
 * The other accounts' copies of an event, which CloudTrail ties to it by sharedEventID: of the same call,
 * so of the same name and second.
 */
export async function sharedCopies(
  store: EventStore,
  index: number,
  raw: string,
): Promise<{ eventId: string; account: string }[]> {
  const { sharedEventId } = recordFacts(raw);
  if (sharedEventId === undefined) return [];
  const { columns, ids, words, length } = store.table();
  const alike: number[] = [];
  for (let i = 0; i < length && alike.length < mostLooks; i += 1) {
    if (
      columns.at.at(i) === columns.at.at(index) &&
      columns.name.at(i) === columns.name.at(index) &&
      columns.account.at(i) !== columns.account.at(index)
    ) {
      alike.push(i);
    }
  }
  const copies: { eventId: string; account: string }[] = [];
  for await (const [i, record] of store.records(alike)) {
    if (recordFacts(JSON.stringify(record)).sharedEventId !== sharedEventId) continue;
    copies.push({
      eventId: ids.at(i),
      account: words.account.valueOf(columns.account.at(i)) ?? 'unknown',
    });
  }
  return copies;
}
