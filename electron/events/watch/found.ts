import type { Habit } from '../../../shared/model/events/watch/habit';
import type { WatchRuleId } from '../../../shared/model/events/watch/rules';

/** More events of one alert are counted, not kept. */
export const keptEvents = 20;
const daySeconds = 86_400;

/** Something unusual about one caller, that goes on for at most a day. */
export interface FoundUse {
  readonly rule: Extract<
    WatchRuleId,
    'new-caller' | 'new-network' | 'used-after-silence' | 'replica-first-used'
  >;
  readonly actor: number;
  readonly at: number;
  readonly place: { readonly account: number; readonly region: number };
  /** Numbers of its first events. */
  readonly events: number[];
  count: number;
  /** Numbers of the keys' words. */
  readonly keys: readonly number[];
  /** What made it unusual, in words and numbers. */
  readonly why: string;
  /** For a role that only ever called from private addresses and now from a public one. */
  readonly grave: boolean;
}

/** Far more in an hour than usual, of a key or of a caller. */
export interface FoundHour {
  readonly rule: Extract<WatchRuleId, 'volume' | 'denial-burst'>;
  readonly of: 'key' | 'actor';
  /** The key's word or the actor. */
  readonly subject: number;
  readonly hour: number;
  readonly count: number;
  readonly habit: Habit;
}

/** Counts a further event of it; false where it is over. */
export function goesOn(found: FoundUse, index: number, time: number): boolean {
  if (time - found.at > daySeconds) return false;
  if (found.events.length < keptEvents) found.events.push(index);
  found.count += 1;
  return true;
}
