import type { Numbers } from './vector';

/** One pass looks at so many bits of the time: its counts stay in the processor's nearest memory. */
const bits = 11;
const buckets = 1 << bits;

/** The numbers of events, the newest first; of one second the last that came first. @param at seconds */
export function newestFirst(at: Numbers, length: number): Uint32Array {
  let order = new Uint32Array(length);
  let sorted = true;
  let oldest = Infinity;
  let newest = 0;
  for (let i = 0; i < length; i += 1) {
    const time = at[i] ?? 0;
    order[i] = length - 1 - i;
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
      const digit = ((newest - (at[i] ?? 0)) >>> shift) & (buckets - 1);
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
