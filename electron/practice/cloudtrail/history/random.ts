/** A stream of numbers that its seed decides: the same on every machine. */
export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** From 0 up to, and without, `below`. */
  integer(below: number): number;
  pick<T>(from: readonly T[]): T;
  /** So many digits of hexadecimal. */
  hex(digits: number): string;
  uuid(): string;
  /** How many of something happen where `mean` do on average. */
  count(mean: number): number;
}

/** Small Fast Counter (C. Doty-Humphrey, PractRand), 32 bits: quick, and good enough for stories. */
export function randomOf(a: number, b: number, c: number): Random {
  let [x, y, z, counter] = [a | 0, b | 0, c | 0, 1];
  const step = () => {
    const sum = (((x + y) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    x = y ^ (y >>> 9);
    y = (z + (z << 3)) | 0;
    z = ((z << 21) | (z >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) step();
  const next = () => step() / 0x1_0000_0000;
  const integer = (below: number) => Math.floor(next() * below);
  const eight = () => step().toString(16).padStart(8, '0');
  const hex = (digits: number) => {
    let text = '';
    while (text.length < digits) text += eight();
    return text.slice(0, digits);
  };
  return {
    next,
    integer,
    pick: (from) => from[integer(from.length)] as (typeof from)[number],
    hex,
    uuid() {
      const [a, b, c, d] = [eight(), eight(), eight(), eight()];
      const variant = '89ab'[step() & 3];
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
    },
    count(mean) {
      // Poisson by multiplication: means are small.
      let events = 0;
      for (let left = mean; left > 0; left -= 50) {
        const limit = Math.exp(-Math.min(left, 50));
        for (let product = next(); product > limit; product *= next()) events++;
      }
      return events;
    },
  };
}

/** A 32-bit number of a text (FNV-1a). */
export function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
