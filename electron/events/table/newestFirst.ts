import type { Numbers } from './vector';

/** One pass looks at so many bits of the time. */
const bits = 16;
const buckets = 1 << bits;

/** The numbers of events, the newest first; of one second the last that came first. @param at seconds */
export function newestFirst(at: Numbers, length: number): Uint32Array {
  let order = new Uint32Array(length);
  let sorted = true;
  for (let i = 0; i < length; i += 1) {
    order[i] = length - 1 - i;
    if (i > 0 && (at[i] ?? 0) < (at[i - 1] ?? 0)) sorted = false;
  }
  if (sorted) return order;
  // A sort by digits keeps the order of equals and takes two passes, whatever the number of events.
  let other = new Uint32Array(length);
  for (let shift = 0; shift < 32; shift += bits) {
    const starts = new Uint32Array(buckets);
    const digit = (event: number) => buckets - 1 - (((at[event] ?? 0) >>> shift) & (buckets - 1));
    for (let i = 0; i < length; i += 1) {
      const bucket = digit(i);
      starts[bucket] = (starts[bucket] ?? 0) + 1;
    }
    let sum = 0;
    for (let bucket = 0; bucket < buckets; bucket += 1) {
      const count = starts[bucket] ?? 0;
      starts[bucket] = sum;
      sum += count;
    }
    for (let i = 0; i < length; i += 1) {
      const event = order[i] ?? 0;
      const bucket = digit(event);
      const place = starts[bucket] ?? 0;
      other[place] = event;
      starts[bucket] = place + 1;
    }
    [order, other] = [other, order];
  }
  return order;
}
