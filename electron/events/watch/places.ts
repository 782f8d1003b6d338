/** Without any event for so long, what is stored has a hole: what was usual before it says nothing. */
const holeSeconds = 7 * 86_400;

/** One account and Region, and since when its events are stored without a gap. */
export interface Place {
  readonly account: number;
  readonly region: number;
  since: number;
  last: number;
  /** Ends of the gaps that its sources told, soonest first. */
  readonly gapEnds: number[];
}

export interface Places {
  /** The place of an event, told in the order of time. */
  at(account: number, region: number, time: number): Place;
  all(): Iterable<Place>;
}

/** @param gapEnds seconds since 1970 at which the gaps of an account and Region, by their words' numbers, end */
export function createPlaces(
  gapEnds: (account: number, region: number) => readonly number[],
): Places {
  const byAccount = new Map<number, Map<number, Place>>();
  return {
    at(account, region, time) {
      let regions = byAccount.get(account);
      if (!regions) byAccount.set(account, (regions = new Map()));
      let place = regions.get(region);
      if (!place) {
        const ends = gapEnds(account, region).toSorted((a, b) => a - b);
        place = { account, region, since: time, last: time, gapEnds: ends };
        regions.set(region, place);
      }
      if (time - place.last > holeSeconds) place.since = time;
      for (let end = place.gapEnds[0]; end !== undefined && end <= time; end = place.gapEnds[0]) {
        place.since = Math.max(place.since, end);
        place.gapEnds.shift();
      }
      place.last = time;
      return place;
    },
    *all() {
      for (const regions of byAccount.values()) yield* regions.values();
    },
  };
}
