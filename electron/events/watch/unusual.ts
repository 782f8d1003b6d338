import { habitAt, isFarAbove } from '../../../shared/model/events/watch/habit';
import type { WatchSettings } from '../../../shared/model/events/watch/rules';
import { flag } from '../table/columns';
import type { EventTable } from '../table/eventTable';
import { actorAt } from './actor';
import { watchNetworks, type ActorState } from './callers';
import type { FoundHour, FoundUse } from './found';
import { countHour, newHourly, type Hourly } from './hourly';
import { createKeyNumbers } from './keyNumbers';
import { watchKeys } from './keyUses';
import { createPlaces, type Places } from './places';
import { daySeconds } from './settled';

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
  const places = createPlaces(gapEnds);
  const actors = new Map<number, ActorState>();
  const keyNumbers = createKeyNumbers(table);
  const foundUses: FoundUse[] = [];
  const foundHours: FoundHour[] = [];
  const told = (use: FoundUse) => void foundUses.push(use);
  const fromNetwork = watchNetworks(table, settings, told);
  const { keys, made, useKey } = watchKeys(settings, keyNumbers, told, (key, series) =>
    judge('volume', 'key', key, series),
  );

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
