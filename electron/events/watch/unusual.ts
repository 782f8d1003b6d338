import { habitAt, isFarAbove } from '../../../shared/model/events/watch/habit';
import { networkOf } from '../../../shared/model/events/watch/network';
import type { WatchSettings } from '../../../shared/model/events/watch/rules';
import { flag } from '../table/columns';
import type { EventTable } from '../table/eventTable';
import { actorAt } from './actor';
import { goesOn, type FoundHour, type FoundUse } from './found';
import { countHour, newHourly, type Hourly } from './hourly';
import { createPlaces, type Place, type Places } from './places';

const daySeconds = 86_400;

/** Uses of a key, and callers seen once among them, from which on another caller is a surprise. */
const settledUses = 20;
/** The share of callers seen once tells how likely the next one is new (Good and Turing). */
const settledShare = 0.005;

/** Calls that work with a key. Source: KMS API reference, "Cryptographic operations". */
const uses =
  /^(Decrypt|Encrypt|ReEncrypt|GenerateDataKey\w*|Sign|Verify|GenerateMac|VerifyMac|DeriveSharedSecret|Encapsulate|Decapsulate)$/;

/** What is usual, learned event by event, and what was not. */
export interface Unusual {
  /** Takes events, oldest first, none older than those before. */
  take(indexes: Iterable<number>): void;
  /** All that was found; the hour that is still open counts. */
  found(): { uses: FoundUse[]; hours: FoundHour[] };
  readonly places: Places;
  /** The key that a found number stands for. */
  readonly keyName: (key: number) => string;
}

interface KeyState {
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

interface ActorState {
  readonly first: number;
  events: number;
  readonly networks: Map<number, { count: number; found: FoundUse | undefined }>;
  networksSeenOnce: number;
  onlyPrivate: boolean;
  hourly: Hourly | undefined;
  denied: Hourly | undefined;
}

/**
 * Begins to learn what is usual: who uses which key, from which network, how much in which hour of the
 * day. Nothing is unusual before an account and Region is known for the learning period.
 */
export function createUnusual(
  table: EventTable,
  settings: WatchSettings,
  gapEnds: (account: number, region: number) => readonly number[],
): Unusual {
  const { columns, words } = table;
  const learning = settings.learningDays * daySeconds;
  const silence = settings.silenceDays * daySeconds;
  const places = createPlaces(gapEnds);
  const keys = new Map<number, KeyState>();
  const actors = new Map<number, ActorState>();
  /** When keys were made, of which that is stored. */
  const made = new Map<number, number>();
  /** By multi-Region key id, its keys that were used. */
  const multiRegion = new Map<string, Set<number>>();
  const networks = createNetworks();
  const keyNumbers = createKeyNumbers(table);
  const foundUses: FoundUse[] = [];
  const foundHours: FoundHour[] = [];

  function take(indexes: Iterable<number>): void {
    const raw = {
      at: columns.at.raw,
      source: columns.source.raw,
      name: columns.name.raw,
      outcome: columns.outcome.raw,
      flags: columns.flags.raw,
      account: columns.account.raw,
      region: columns.region.raw,
      key: columns.key.raw,
      otherKey: columns.otherKey.raw,
      ip: columns.ip.raw,
    };
    const kms = words.source.find('kms.amazonaws.com') ?? -1;
    const ok = words.outcome.find('ok') ?? -1;
    const denied = words.outcome.find('denied') ?? -1;
    const makes = words.name.find('CreateKey') ?? -1;
    const isUse = Uint8Array.from(words.name.values, (name) => (uses.test(name) ? 1 : 0));
    for (const i of indexes) {
      if ((raw.flags[i] ?? 0) & flag.dryRun) continue;
      const time = raw.at[i] ?? 0;
      const place = places.at(raw.account[i] ?? 0, raw.region[i] ?? 0, time);
      const actor = actorAt(table, i);
      const state = actorState(actor, time);
      state.events += 1;
      fromNetwork(state, actor, raw.ip[i] ?? 0, i, time, place);
      if (raw.source[i] !== kms) continue;
      const outcome = raw.outcome[i];
      if (outcome === denied) {
        const hour = Math.floor(time / 3600);
        state.denied ??= newHourly(hour, place.since);
        countHour(state.denied, hour, place.since, (series) =>
          judge('denial-burst', 'actor', actor, series),
        );
      } else if (outcome === ok) {
        const name = raw.name[i] ?? 0;
        const key = raw.key[i] ?? 0;
        if (name === makes) made.set(keyNumbers.of('key', key), time);
        if (isUse[name] !== 1) continue;
        const since = Math.max(place.since, state.first);
        const hour = Math.floor(time / 3600);
        state.hourly ??= newHourly(hour, since);
        countHour(state.hourly, hour, since, (series) => judge('volume', 'actor', actor, series));
        if (key !== 0) useKey(keyNumbers.of('key', key), actor, i, time, place);
        const other = raw.otherKey[i] ?? 0;
        if (other !== 0) useKey(keyNumbers.of('otherKey', other), actor, i, time, place);
      }
    }
  }

  function actorState(actor: number, time: number): ActorState {
    let state = actors.get(actor);
    if (!state) {
      state = {
        first: time,
        events: 0,
        networks: new Map(),
        networksSeenOnce: 0,
        onlyPrivate: true,
        hourly: undefined,
        denied: undefined,
      };
      actors.set(actor, state);
    }
    return state;
  }

  function fromNetwork(
    state: ActorState,
    actor: number,
    address: number,
    index: number,
    time: number,
    place: Place,
  ): void {
    const network = networks.of(address, words.ip.valueOf(address));
    if (network < 0) return;
    const seen = state.networks.get(network);
    if (seen) {
      if (seen.count === 1) state.networksSeenOnce -= 1;
      seen.count += 1;
      if (seen.found && !goesOn(seen.found, index, time)) seen.found = undefined;
      return;
    }
    const { name, private: isPrivate } = networks.named(network);
    const settled =
      state.events > settledUses &&
      state.networksSeenOnce <= state.events * settledShare &&
      state.networks.size > 0 &&
      time - Math.max(state.first, place.since) >= learning;
    const firstInAccount = networks.firstIn(place.account, network);
    let found: FoundUse | undefined;
    if (settled && firstInAccount) {
      const known = [...state.networks.keys()].map((each) => networks.named(each).name);
      const days = Math.floor((time - state.first) / daySeconds);
      const before =
        known.length === 1 ? `only from ${known[0]}` : `from ${known.length} other networks`;
      found = {
        rule: 'new-network',
        actor,
        at: time,
        place,
        events: [index],
        count: 1,
        keys: [],
        why: `from ${name}, a network that this account never saw. In the ${days} days before it called ${(state.events - 1).toLocaleString('en')} times, ${before}.${state.onlyPrivate && !isPrivate ? ' These were private addresses: its credentials may have left the place that they belong to.' : ''}`,
        grave: state.onlyPrivate && !isPrivate,
      };
      foundUses.push(found);
    }
    state.networks.set(network, { count: 1, found });
    state.networksSeenOnce += 1;
    if (!isPrivate) state.onlyPrivate = false;
  }

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
      foundUses.push(found);
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
    countHour(state.hourly, hour, since, (series) => judge('volume', 'key', key, series));
  }

  function callersSettled(state: KeyState, time: number, place: Place): boolean {
    return (
      state.uses >= settledUses &&
      state.callersSeenOnce <= state.uses * settledShare &&
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

  function judge(
    rule: FoundHour['rule'],
    of: FoundHour['of'],
    subject: number,
    series: Hourly,
    into = foundHours,
  ): void {
    const { hour, count, knownSince } = series;
    const minimum = rule === 'volume' ? settings.volumeMinimum : settings.denialMinimum;
    if (count < minimum || hour * 3600 - knownSince < learning) return;
    const habit = habitAt(series, hour, Math.ceil(knownSince / 3600));
    if (isFarAbove(count, habit, { minimum, times: settings.volumeTimes })) {
      into.push({ rule, of, subject, hour, count, habit });
    }
  }

  return {
    take,
    places,
    keyName: keyNumbers.named,
    found() {
      const hours = [...foundHours];
      for (const [key, { hourly }] of keys) judge('volume', 'key', key, hourly, hours);
      for (const [actor, { hourly, denied }] of actors) {
        if (hourly) judge('volume', 'actor', actor, hourly, hours);
        if (denied) judge('denial-burst', 'actor', actor, denied, hours);
      }
      return { uses: foundUses, hours };
    },
  };
}

/** One number for a key, whichever of an event's two key columns names it. */
function createKeyNumbers({ words }: EventTable) {
  const byName = new Map<string, number>();
  const names: string[] = [];
  const ofWord = { key: [] as number[], otherKey: [] as number[] };
  return {
    of(column: 'key' | 'otherKey', word: number): number {
      const known = ofWord[column][word];
      if (known !== undefined) return known;
      const name = words[column].valueOf(word) ?? '';
      let number = byName.get(name);
      if (number === undefined) {
        number = names.push(name) - 1;
        byName.set(name, number);
      }
      return (ofWord[column][word] = number);
    },
    named: (number: number) => names[number] ?? '',
  };
}

/** The networks of addresses by number, and which account saw which. */
function createNetworks() {
  const ofAddress: number[] = [];
  const byName = new Map<string, number>();
  const all: { name: string; private: boolean }[] = [];
  const seen = new Map<number, Set<number>>();
  return {
    /** -1 where the address has none: a service, or an event that does not say. */
    of(word: number, address: string | undefined): number {
      const known = ofAddress[word];
      if (known !== undefined) return known;
      const network = address === undefined ? undefined : networkOf(address);
      let number = network ? byName.get(network.name) : -1;
      if (number === undefined && network) {
        number = all.push(network) - 1;
        byName.set(network.name, number);
      }
      return (ofAddress[word] = number ?? -1);
    },
    named: (number: number) => all[number] ?? { name: '', private: false },
    /** Whether an account sees a network for the first time; from then on it has seen it. */
    firstIn(account: number, network: number): boolean {
      let ofAccount = seen.get(account);
      if (!ofAccount) seen.set(account, (ofAccount = new Set()));
      if (ofAccount.has(network)) return false;
      ofAccount.add(network);
      return true;
    },
  };
}
