/** Random numbers that come again with the same seed (mulberry32); each is below `below`. */
export type Random = (below: number) => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Values on the edge of what length fields and tags mean. */
const edges = [0, 1, 2, 3, 0x14, 0x15, 0x16, 0x30, 0x7f, 0x80, 0x81, 0x84, 0xa0, 0xfe, 0xff];

/**
 * A changed copy of one of the seeds: up to eight changes of a byte, a piece or a length. One in
 * sixteen is made of nothing but random bytes. Never longer than `maxLength`.
 */
export function mutated(seeds: readonly Buffer[], random: Random, maxLength = 8192): Buffer {
  if (random(16) === 0) return noise(random, random(300));
  let bytes: Buffer = Buffer.from(pick(seeds, random));
  for (let change = random(8); change >= 0; change -= 1) bytes = changed(bytes, seeds, random);
  return bytes.subarray(0, maxLength);
}

export function noise(random: Random, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at += 1) bytes[at] = random(256);
  return bytes;
}

export function pick<T>(choices: readonly T[], random: Random): T {
  const choice = choices[random(choices.length)];
  if (choice === undefined) throw new Error('nothing to choose from');
  return choice;
}

/** The bytes in pieces, as they may come from a socket. */
export function pieces(bytes: Buffer, random: Random): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random(random(4) === 0 ? 8 : bytes.length);
    parts.push(bytes.subarray(at, end));
    at = end;
  }
  return parts;
}

function changed(bytes: Buffer, seeds: readonly Buffer[], random: Random): Buffer {
  const at = random(bytes.length + 1);
  const length = 1 + random(24);
  switch (random(7)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), noise(random, length), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), pick(seeds, random).subarray(random(64))]);
    default:
      if (at < bytes.length) bytes[at] = random(2) === 0 ? random(256) : pick(edges, random);
      return bytes;
  }
}
