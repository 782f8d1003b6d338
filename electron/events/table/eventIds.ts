import { createHash } from 'node:crypto';

/** 32-bit words that one id takes. */
const wordsEach = 4;

/**
 * The ids of the events by their place, 16 bytes each, and which there are. CloudTrail's ids are
 * UUIDs; any other is kept beside, and told by its hash.
 */
export class EventIds {
  #words = new Uint32Array(1024 * wordsEach);
  #length = 0;
  readonly #odd = new Map<number, string>();
  /** Open addressing: a slot holds a place plus one, 0 is free; built when it is first asked. */
  #slots: Uint32Array | undefined;

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

  /** The place of an id, or -1. */
  find(id: string): number {
    const key = keyOf(id);
    const slots = this.#table();
    for (let slot = slotOf(key, slots.length); ; slot = (slot + 1) % slots.length) {
      const place = (slots[slot] ?? 0) - 1;
      if (place < 0) return -1;
      if (key.every((word, i) => this.#words[place * wordsEach + i] === word)) return place;
    }
  }

  /** Takes an id that is not yet there, as the next place. */
  push(id: string): void {
    const key = keyOf(id);
    const place = this.#length;
    this.#reserve(place + 1);
    this.#words.set(key, place * wordsEach);
    this.#length += 1;
    if (!isUuid(id)) this.#odd.set(place, id);
    const slots = this.#slots;
    if (!slots) return;
    if (this.#length * 2 > slots.length) this.#slots = undefined;
    else put(slots, slotOf(key, slots.length), place);
  }

  /** The ids from a place on as bytes, and those that are no UUIDs: for the database. */
  part(from: number): { bytes: Uint8Array; odd: [place: number, id: string][] } {
    const words = this.#words.slice(from * wordsEach, this.#length * wordsEach);
    const odd = [...this.#odd].filter(([place]) => place >= from);
    return {
      bytes: new Uint8Array(words.buffer),
      odd: odd.map(([place, id]) => [place - from, id]),
    };
  }

  append({ bytes, odd }: { bytes: Uint8Array; odd: readonly (readonly [number, string])[] }): void {
    const words = new Uint32Array(bytes.slice().buffer);
    const from = this.#length;
    this.#reserve(from + words.length / wordsEach);
    this.#words.set(words, from * wordsEach);
    this.#length += words.length / wordsEach;
    for (const [place, id] of odd) this.#odd.set(from + place, id);
    this.#slots = undefined;
  }

  #reserve(needed: number): void {
    if (needed * wordsEach <= this.#words.length) return;
    const bigger = new Uint32Array(
      Math.max(needed * wordsEach, Math.ceil(this.#words.length * 1.5)),
    );
    bigger.set(this.#words);
    this.#words = bigger;
  }

  #table(): Uint32Array {
    if (this.#slots) return this.#slots;
    const slots = new Uint32Array(Math.max(4096, this.#length * 3));
    for (let place = 0; place < this.#length; place += 1) {
      const from = place * wordsEach;
      put(slots, slotOf(this.#words.subarray(from, from + wordsEach), slots.length), place);
    }
    return (this.#slots = slots);
  }
}

function slotOf(key: ArrayLike<number>, slots: number): number {
  return (((key[0] ?? 0) ^ (key[3] ?? 0)) >>> 0) % slots;
}

function put(slots: Uint32Array, start: number, place: number): void {
  let slot = start;
  while (slots[slot] !== 0) slot = (slot + 1) % slots.length;
  slots[slot] = place + 1;
}

function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id);
}

/** A UUID's 128 bits; of any other id as many of its SHA-256. */
function keyOf(id: string): Uint32Array {
  const hex = isUuid(id)
    ? id.replaceAll('-', '')
    : createHash('sha256').update(id).digest('hex').slice(0, 32);
  const key = new Uint32Array(wordsEach);
  for (let i = 0; i < wordsEach; i += 1) key[i] = Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16);
  return key;
}
