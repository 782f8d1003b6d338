export type Numbers = Uint8Array | Uint16Array | Uint32Array;

/**
 * A list of whole numbers that takes as little room as the largest of them needs, and grows: a
 * million events of twenty columns are to fit in some dozens of megabytes.
 */
export class Vector {
  #numbers: Numbers;
  #length = 0;

  constructor(numbers: Numbers = new Uint8Array(0)) {
    this.#numbers = numbers;
    this.#length = numbers.length;
  }

  get length(): number {
    return this.#length;
  }

  /** The numbers for a loop over all; longer than `length`, and not to be kept beyond an `append`. */
  get raw(): Numbers {
    return this.#numbers;
  }

  /** The numbers as they are now; what is appended later does not change them. */
  get all(): Numbers {
    return this.#numbers.subarray(0, this.#length);
  }

  at(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  /** Makes room for so many more, exactly. */
  reserve(more: number): void {
    if (this.#length + more > this.#numbers.length) this.#move(this.#length + more, this.width);
  }

  push(value: number): void {
    const width = widthOf(value);
    if (width > this.#numbers.BYTES_PER_ELEMENT || this.#length === this.#numbers.length) {
      this.#grow(this.#length + 1, width);
    }
    this.#numbers[this.#length] = value;
    this.#length += 1;
  }

  append(more: Numbers): void {
    const width = more.BYTES_PER_ELEMENT > this.width ? widthOf(largest(more)) : this.width;
    this.#grow(this.#length + more.length, width);
    this.#numbers.set(more, this.#length);
    this.#length += more.length;
  }

  /** A part as bytes with its width, for the database: `fromBytes` reads it. */
  bytes(from: number): Uint8Array {
    const part = this.#numbers.slice(from, this.#length);
    return new Uint8Array(part.buffer);
  }

  get width(): number {
    return this.#numbers.BYTES_PER_ELEMENT;
  }

  #grow(needed: number, width: number): void {
    const now = this.#numbers;
    if (needed <= now.length && width <= now.BYTES_PER_ELEMENT) return;
    const room =
      needed > now.length ? Math.max(needed, Math.ceil(now.length * 1.5), 1024) : now.length;
    this.#move(room, Math.max(width, now.BYTES_PER_ELEMENT));
  }

  #move(room: number, width: number): void {
    const bigger = make(width, room);
    bigger.set(this.#numbers.subarray(0, this.#length));
    this.#numbers = bigger;
  }
}

/** Reads what `bytes` gave. @param width bytes of one number: 1, 2 or 4 */
export function fromBytes(bytes: Uint8Array, width: number): Numbers {
  if (width === 1) return bytes;
  // What a database gives need not begin at a multiple of the width.
  const aligned = bytes.byteOffset % width === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset, byteLength } = aligned;
  return width === 2
    ? new Uint16Array(buffer, byteOffset, byteLength / 2)
    : new Uint32Array(buffer, byteOffset, byteLength / 4);
}

function make(width: number, length: number): Numbers {
  if (width === 1) return new Uint8Array(length);
  return width === 2 ? new Uint16Array(length) : new Uint32Array(length);
}

function largest(numbers: Numbers): number {
  let most = 0;
  for (let i = 0; i < numbers.length; i += 1) most = Math.max(most, numbers[i] ?? 0);
  return most;
}

function widthOf(value: number): number {
  if (value < 0x100) return 1;
  return value < 0x1_0000 ? 2 : 4;
}
