/** What was read is not what it should be, or ends too early. Caught where the message is read. */
export class DecodeError extends Error {}

/** Reads big-endian fields off a buffer; throws {@link DecodeError} where it ends too early. */
export class Reader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  bytes(length: number): Buffer {
    if (length > this.remaining)
      throw new DecodeError(`${length} bytes wanted, ${this.remaining} left`);
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  rest(): Buffer {
    return this.bytes(this.remaining);
  }

  u8(): number {
    return this.bytes(1).readUInt8();
  }

  u16(): number {
    return this.bytes(2).readUInt16BE();
  }

  u24(): number {
    return this.bytes(3).readUIntBE(0, 3);
  }

  u32(): number {
    return this.bytes(4).readUInt32BE();
  }

  /** A field with its length in one byte before it (RFC 8446 section 3.4); the others likewise. */
  vector8(): Buffer {
    return this.bytes(this.u8());
  }

  vector16(): Buffer {
    return this.bytes(this.u16());
  }

  vector24(): Buffer {
    return this.bytes(this.u24());
  }

  /** Throws where something is left. */
  end(): void {
    if (this.remaining > 0) throw new DecodeError(`${this.remaining} bytes too many`);
  }
}

/** Puts big-endian fields together; the counterpart of {@link Reader}. */
export class Writer {
  readonly #parts: Uint8Array[] = [];

  bytes(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    return this;
  }

  u8(value: number): this {
    return this.#unsigned(value, 1);
  }

  u16(value: number): this {
    return this.#unsigned(value, 2);
  }

  u24(value: number): this {
    return this.#unsigned(value, 3);
  }

  u32(value: number): this {
    return this.#unsigned(value, 4);
  }

  vector8(content: Uint8Array): this {
    return this.u8(content.length).bytes(content);
  }

  vector16(content: Uint8Array): this {
    return this.u16(content.length).bytes(content);
  }

  vector24(content: Uint8Array): this {
    return this.u24(content.length).bytes(content);
  }

  build(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #unsigned(value: number, length: number): this {
    const field = Buffer.alloc(length);
    field.writeUIntBE(value, 0, length); // throws RangeError where it does not fit: a defect of ours
    return this.bytes(field);
  }
}

/** Many 16-bit values, one after the other. */
export function encodeU16s(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

export function decodeU16s(bytes: Uint8Array): number[] {
  const reader = new Reader(bytes);
  const values: number[] = [];
  while (reader.remaining > 0) values.push(reader.u16());
  return values;
}
