import type { WatchSettings } from '../../../shared/model/events/watch/rules';
import { goesOn, type FoundUse } from './found';
import { newHourly, countHour, type Hourly } from './hourly';
import type { createKeyNumbers } from './keyNumbers';
import type { Place } from './places';
import { daySeconds, isSettled } from './settled';

/** What is known of a key. */
export interface KeyState {
  readonly first: number;
  last: number;
  longestSilence: number;
  uses: number;
  readonly callers: Map<number, number>;
  callersSeenOnce: number;
  newestCaller: number;
  /** What was found of it last and may go on. */
  open: FoundUse | undefined;
  readonly hourly: Hourly;
}

/** Learns who uses which key and when. What is unusual goes to `told`, an hour that is over to `closed`. */
export function watchKeys(
  settings: WatchSettings,
  keyNumbers: ReturnType<typeof createKeyNumbers>,
  told: (use: FoundUse) => void,
  closed: (key: number, hour: Hourly) => void,
) {
  const learning = settings.learningDays * daySeconds;
  const silence = settings.silenceDays * daySeconds;
  const keys = new Map<number, KeyState>();
  /** When keys were made, of which that is stored. */
  const made = new Map<number, number>();
  /** By multi-Region key id, its keys that were used. */
  const multiRegion = new Map<string, Set<number>>();

  function useKey(key: number, actor: number, index: number, time: number, place: Place): void {
    const hour = Math.floor(time / 3600);
    let state = keys.get(key);
    const find = (rule: FoundUse['rule'], why: string): FoundUse => {
      const found: FoundUse = {
        rule,
        actor,
        at: time,
        place,
        events: [index],
        count: 1,
        keys: [key],
        why,
        grave: false,
      };
      told(found);
      return found;
    };
    if (!state) {
      state = {
        first: time,
        last: time,
        longestSilence: 0,
        uses: 0,
        callers: new Map(),
        callersSeenOnce: 0,
        newestCaller: time,
        open: undefined,
        hourly: newHourly(hour, Math.max(place.since, time)),
      };
      keys.set(key, state);
      const why = firstUse(key, time, place);
      if (why) state.open = find(why.rule, why.why);
    } else {
      const quiet = time - state.last;
      if (quiet >= silence && quiet > 2 * state.longestSilence && state.last >= place.since) {
        const days = Math.floor(quiet / daySeconds);
        state.open = find(
          'used-after-silence',
          `Before that no use of it is stored for ${days} days.`,
        );
      } else if (state.open?.actor === actor && goesOn(state.open, index, time)) {
        // Counted.
      } else if (!state.callers.has(actor) && callersSettled(state, time, place)) {
        const days = Math.floor((time - state.newestCaller) / daySeconds);
        const known = state.callers.size === 1 ? 'one caller' : `${state.callers.size} callers`;
        state.open = find(
          'new-caller',
          `Before that ${known} made its ${state.uses.toLocaleString('en')} stored uses, and for ${days} days none was new.`,
        );
      }
      if (quiet > state.longestSilence) state.longestSilence = quiet;
    }
    const seen = state.callers.get(actor);
    if (seen === undefined) {
      state.callersSeenOnce += 1;
      state.newestCaller = time;
    } else if (seen === 1) state.callersSeenOnce -= 1;
    state.callers.set(actor, (seen ?? 0) + 1);
    state.uses += 1;
    state.last = time;
    const since = Math.max(place.since, state.first);
    countHour(state.hourly, hour, since, (series) => closed(key, series));
  }

  function callersSettled(state: KeyState, time: number, place: Place): boolean {
    return (
      isSettled(state.uses, state.callersSeenOnce) &&
      time - Math.max(state.newestCaller, place.since) >= learning
    );
  }

  /** Why the first stored use of a key is unusual, if it is. */
  function firstUse(
    key: number,
    time: number,
    place: Place,
  ): { rule: FoundUse['rule']; why: string } | undefined {
    const known = time - place.since;
    const id = /:key\/(mrk-[0-9a-f]+)$/.exec(keyNumbers.named(key))?.[1];
    if (id !== undefined) {
      const used = multiRegion.get(id) ?? new Set();
      multiRegion.set(id, used);
      const elsewhere = used.size > 0;
      used.add(key);
      if (elsewhere && known >= learning) {
        const days = Math.floor(known / daySeconds);
        const why = `Until then the key was used in other Regions only, as far as the ${days} days tell that are stored of this one.`;
        return { rule: 'replica-first-used', why };
      }
    }
    const birth = made.get(key);
    const unused = Math.min(known, birth === undefined ? Infinity : time - birth);
    if (unused < silence) return undefined;
    const days = Math.floor(unused / daySeconds);
    const why =
      birth === undefined || unused === known
        ? `Before that no use of it is stored, in ${days} days.`
        : `It was made ${days} days before, and no use of it is stored since.`;
    return { rule: 'used-after-silence', why };
  }

  return { keys, useKey, made };
}
