/** One element of DER (ITU-T X.690): `content` and `raw` are views of the input, byte for byte. */
export interface Der {
  /** The identifier octet: class, constructed bit and number in one, as `tags` has them. */
  readonly tag: number;
  readonly content: Buffer;
  /** Header and content. */
  readonly raw: Buffer;
}

export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The input is not what the standard says. Never leaves this folder: every parser catches it. */
export class DerError extends Error {}

/** Reads elements one after the other; throws DerError where the next is not the one asked for. */
export interface DerCursor {
  readonly done: boolean;
  next(tag?: number): Der;
  /** The next element if it has this tag, else nothing, and the cursor stays. */
  optional(tag: number): Der | undefined;
}

/** The one element that fills the whole input. */
export function readDer(bytes: Buffer, tag?: number): Der {
  const cursor = derCursor(bytes);
  const element = cursor.next(tag);
  if (!cursor.done) throw new DerError('bytes behind the end');
  return element;
}

/** A cursor over the elements in a constructed element's content. Takes no recursion and no tree: bounded by the input. */
export function derCursor(content: Buffer): DerCursor {
  let at = 0;
  return {
    get done() {
      return at >= content.length;
    },
    next(tag) {
      const element = elementAt(content, at);
      if (tag !== undefined && element.tag !== tag) {
        throw new DerError(`tag ${element.tag} where ${tag} should be`);
      }
      at += element.raw.length;
      return element;
    },
    optional(tag) {
      return at < content.length && content[at] === tag ? this.next(tag) : undefined;
    },
  };
}

/** All elements of a constructed element. */
export function derChildren(parent: Der): Der[] {
  const cursor = derCursor(parent.content);
  const children: Der[] = [];
  while (!cursor.done) children.push(cursor.next());
  return children;
}

/** Reads the whole of a constructed element with a cursor, so that nothing is left over behind. */
export function readSequence<T>(element: Der, read: (cursor: DerCursor) => T): T {
  if ((element.tag & 0x20) === 0) throw new DerError('not constructed');
  const cursor = derCursor(element.content);
  const value = read(cursor);
  if (!cursor.done) throw new DerError('elements behind the last');
  return value;
}

/**
 * Lengths longer than need be are taken (some old certificates have them; the signature covers the
 * raw bytes anyway); BER's indefinite lengths and tag numbers above 30 do not occur in X.509.
 */
function elementAt(bytes: Buffer, at: number): Der {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw new DerError('ends in a header');
  if ((tag & 0x1f) === 0x1f) throw new DerError('tag number above 30');
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const size = first & 0x7f;
    if (size === 0 || size > 4 || start + size > bytes.length) throw new DerError('bad length');
    length = bytes.readUIntBE(start, size);
    start += size;
  }
  const end = start + length;
  if (end > bytes.length) throw new DerError('ends before its length');
  return { tag, content: bytes.subarray(start, end), raw: bytes.subarray(at, end) };
}
