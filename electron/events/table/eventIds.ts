import { createHash } from 'node:crypto';

/** 32-bit words that one id takes. */
export const wordsEach = 4;

/** Ids, 16 bytes each, and by their place those that are no UUIDs. */
export interface IdPart {
  readonly words: Uint32Array;
  readonly odd: readonly (readonly [place: number, id: string])[];
}

/**
 * The ids of the events by their place, 16 bytes each, and which there are. CloudTrail's ids are
 * UUIDs; any other is kept beside, and told by its hash.
 */
export class EventIds {
  #words: Uint32Array;
  #length: number;
  readonly #odd: Map<number, string>;
  /** Open addressing, a power of two: a slot holds a place plus one, 0 is free; built when ids come. */
  #slots: Uint32Array | undefined;

  /** With the ids of a part, whose words are its own from now on. */
  constructor({ words, odd }: IdPart = { words: new Uint32Array(0), odd: [] }) {
    this.#words = words;
    this.#length = words.length / wordsEach;
    this.#odd = new Map(odd);
  }

  get length(): number {
    return this.#length;
  }

  /** The id at a place. */
  at(place: number): string {
    const odd = this.#odd.get(place);
    if (odd !== undefined) return odd;
    let hex = '';
    for (let i = 0; i < wordsEach; i += 1) {
      hex += (this.#words[place * wordsEach + i] ?? 0).toString(16).padStart(8, '0');
    }
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /** The place of an id, or -1. A look through a million takes a millisecond, and no memory. */
  find(id: string): number {
    const key = new Uint32Array(wordsEach);
    writeId(key, 0, id);
    const [first] = key;
    for (let place = 0; place < this.#length; place += 1) {
      if (this.#words[place * wordsEach] === first && this.#isAt(place, key, 0)) return place;
    }
    return -1;
  }

  /** Takes one id of a part as the next place, unless it is there: then false. */
  add({ words }: IdPart, from: number, odd: string | undefined): boolean {
    const slots = this.#table(this.#length + 1);
    const key = from * wordsEach;
    let slot = slotOf(words, key, slots);
    for (let held = slots[slot]; held; held = slots[slot]) {
      if (this.#isAt(held - 1, words, key)) return false;
      slot = (slot + 1) & (slots.length - 1);
    }
    const place = this.#length;
    this.#reserve(place + 1);
    for (let i = 0; i < wordsEach; i += 1) {
      this.#words[place * wordsEach + i] = words[key + i] ?? 0;
    }
    if (odd !== undefined) this.#odd.set(place, odd);
    this.#length += 1;
    slots[slot] = place + 1;
    return true;
  }

  /** The ids from a place on, for the database. */
  part(from: number): IdPart {
    const odd = [...this.#odd].filter(([place]) => place >= from);
    return {
      words: this.#words.slice(from * wordsEach, this.#length * wordsEach),
      odd: odd.map(([place, id]) => [place - from, id]),
    };
  }

  /** The ids of some places. */
  select(places: Uint32Array): IdPart {
    const words = new Uint32Array(places.length * wordsEach);
    const odd: [place: number, id: string][] = [];
    for (const [i, place] of places.entries()) {
      for (let word = 0; word < wordsEach; word += 1) {
        words[i * wordsEach + word] = this.#words[place * wordsEach + word] ?? 0;
      }
      const id = this.#odd.get(place);
      if (id !== undefined) odd.push([i, id]);
    }
    return { words, odd };
  }

  /** Takes ids none of which is there. */
  append({ words, odd }: IdPart): void {
    const from = this.#length;
    this.#reserve(from + words.length / wordsEach);
    this.#words.set(words, from * wordsEach);
    this.#length += words.length / wordsEach;
    for (const [place, id] of odd) this.#odd.set(from + place, id);
    this.#slots = undefined;
  }

  /** Makes room for so many more, exactly. */
  reserve(more: number): void {
    this.#reserve(this.#length + more, 1);
  }

  #isAt(place: number, words: Uint32Array, key: number): boolean {
    const own = this.#words;
    const at = place * wordsEach;
    return (
      own[at] === words[key] &&
      own[at + 1] === words[key + 1] &&
      own[at + 2] === words[key + 2] &&
      own[at + 3] === words[key + 3]
    );
  }

  #reserve(needed: number, growth = 1.5): void {
    if (needed * wordsEach <= this.#words.length) return;
    const bigger = new Uint32Array(
      Math.max(needed * wordsEach, Math.ceil(this.#words.length * growth)),
    );
    bigger.set(this.#words);
    this.#words = bigger;
  }

  /** The slots, at most half of them taken by so many ids. */
  #table(ids: number): Uint32Array {
    if (this.#slots && ids * 2 <= this.#slots.length) return this.#slots;
    const slots = new Uint32Array(Math.max(4096, 2 ** Math.ceil(Math.log2(ids * 3))));
    for (let place = 0; place < this.#length; place += 1) {
      let slot = slotOf(this.#words, place * wordsEach, slots);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = place + 1;
    }
    return (this.#slots = slots);
  }
}

function slotOf(words: Uint32Array, key: number, slots: Uint32Array): number {
  return ((words[key] ?? 0) ^ (words[key + 3] ?? 0)) & (slots.length - 1);
}

/** Writes a UUID's 128 bits; of any other id as many of its SHA-256, and gives false. */
export function writeId(words: Uint32Array, place: number, id: string): boolean {
  if (writeUuid(words, place * wordsEach, id)) return true;
  const hash = createHash('sha256').update(id).digest();
  for (let i = 0; i < wordsEach; i += 1) words[place * wordsEach + i] = hash.readUInt32BE(i * 4);
  return false;
}

/** Where in a UUID the eight digits of each word stand. */
const digitsOf = [
  [0, 1, 2, 3, 4, 5, 6, 7],
  [9, 10, 11, 12, 14, 15, 16, 17],
  [19, 20, 21, 22, 24, 25, 26, 27],
  [28, 29, 30, 31, 32, 33, 34, 35],
];

function writeUuid(words: Uint32Array, at: number, id: string): boolean {
  if (id.length !== 36) return false;
  for (const dash of [8, 13, 18, 23]) if (id.charCodeAt(dash) !== 0x2d) return false;
  for (const [i, digits] of digitsOf.entries()) {
    let word = 0;
    for (const place of digits) {
      const value = digitOf(id.charCodeAt(place));
      if (value < 0) return false;
      word = (word << 4) | value;
    }
    words[at + i] = word;
  }
  return true;
}

/** 0 to 15 of `0` to `9` and `a` to `f`, else -1: an id in capitals is another text, and kept as it is. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}
