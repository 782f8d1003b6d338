import type { Numbers } from './vector';

/** One pass looks at so many bits of the time: its counts stay in the processor's nearest memory. */
const bits = 11;
const buckets = 1 << bits;

/** Events, the newest first; of one second the last that came first. @param at seconds @param events ascending */
export function newestFirst(at: Numbers, events: Uint32Array): Uint32Array {
  const { length } = events;
  let order = new Uint32Array(length);
  let sorted = true;
  let oldest = Infinity;
  let newest = 0;
  for (let i = 0; i < length; i += 1) {
    const event = events[i] ?? 0;
    const time = at[event] ?? 0;
    order[length - 1 - i] = event;
    if (time < newest) sorted = false;
    else newest = time;
    if (time < oldest) oldest = time;
  }
  if (sorted) return order;
  // A sort by digits, the lowest first, keeps the order of equals: two or three passes in all.
  let other = new Uint32Array(length);
  for (let shift = 0; shift < 32 && (newest - oldest) >>> shift > 0; shift += bits) {
    const places = new Uint32Array(buckets);
    for (let i = 0; i < length; i += 1) {
      const digit = ((newest - (at[events[i] ?? 0] ?? 0)) >>> shift) & (buckets - 1);
      places[digit] = (places[digit] ?? 0) + 1;
    }
    let sum = 0;
    for (let digit = 0; digit < buckets; digit += 1) {
      const count = places[digit] ?? 0;
      places[digit] = sum;
      sum += count;
    }
    for (let i = 0; i < length; i += 1) {
      const event = order[i] ?? 0;
      const digit = ((newest - (at[event] ?? 0)) >>> shift) & (buckets - 1);
      const place = places[digit] ?? 0;
      other[place] = event;
      places[digit] = place + 1;
    }
    [order, other] = [other, order];
  }
  return order;
}

/** Two orders as one. @param later whose events came later: of one second they are first */
export function merged(at: Numbers, earlier: Uint32Array, later: Uint32Array): Uint32Array {
  const order = new Uint32Array(earlier.length + later.length);
  let taken = 0;
  for (let i = 0; i < later.length; i += 1) {
    const event = later[i] ?? 0;
    const time = at[event] ?? 0;
    for (; taken < earlier.length; taken += 1) {
      const other = earlier[taken] ?? 0;
      if ((at[other] ?? 0) <= time) break;
      order[taken + i] = other;
    }
    order[taken + i] = event;
  }
  order.set(earlier.subarray(taken), taken + later.length);
  return order;
}
