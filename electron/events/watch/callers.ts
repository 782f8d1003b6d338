import type { WatchSettings } from '../../../shared/model/events/watch/rules';
import type { EventTable } from '../table/eventTable';
import { goesOn, type FoundUse } from './found';
import type { Hourly } from './hourly';
import { createNetworks } from './networks';
import type { Place } from './places';
import { daySeconds, isSettled } from './settled';

/** What is known of a caller. */
export interface ActorState {
  readonly first: number;
  events: number;
  readonly networks: Map<number, { count: number; found: FoundUse | undefined }>;
  networksSeenOnce: number;
  onlyPrivate: boolean;
  hourly: Hourly | undefined;
  denied: Hourly | undefined;
}

/** Learns from where callers call. What is unusual goes to `found`. */
export function watchNetworks(
  table: EventTable,
  settings: WatchSettings,
  found: (use: FoundUse) => void,
) {
  const learning = settings.learningDays * daySeconds;
  const networks = createNetworks();
  const { words } = table;

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
      isSettled(state.events - 1, state.networksSeenOnce) &&
      state.networks.size > 0 &&
      time - Math.max(state.first, place.since) >= learning;
    const firstInAccount = networks.firstIn(place.account, network);
    let use: FoundUse | undefined;
    if (settled && firstInAccount) {
      const known = [...state.networks.keys()].map((each) => networks.named(each).name);
      const days = Math.floor((time - state.first) / daySeconds);
      const before =
        known.length === 1 ? `only from ${known[0]}` : `from ${known.length} other networks`;
      use = {
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
      found(use);
    }
    state.networks.set(network, { count: 1, found: use });
    state.networksSeenOnce += 1;
    if (!isPrivate) state.onlyPrivate = false;
  }

  return fromNetwork;
}
