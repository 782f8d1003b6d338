import { createHash } from 'node:crypto';

/** Adds up what passes: its bytes and its SHA-256. */
export interface Passed {
  add(bytes: Uint8Array): void;
  readonly bytes: number;
  /** Hex; called once, at the end. */
  sha256(): string;
}

export function countPassed(): Passed {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add(piece) {
      hash.update(piece);
      bytes += piece.length;
    },
    get bytes() {
      return bytes;
    },
    sha256: () => hash.digest('hex'),
  };
}

/** Passes pieces on and counts them. */
export async function* counted(
  pieces: AsyncIterable<Buffer>,
  passed: Passed,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    passed.add(piece);
    yield piece;
  }
}

/** All pieces as one; throws what `tooLong` gives where they have more bytes than that. */
export async function collect(
  pieces: AsyncIterable<Buffer>,
  most: number,
  tooLong: () => Error,
): Promise<Buffer> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > most) throw tooLong();
    kept.push(piece);
  }
  const [only] = kept;
  return kept.length === 1 && only ? only : Buffer.concat(kept);
}
