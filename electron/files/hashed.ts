import { createHash } from 'node:crypto';

/** Passes bytes on; `sha256` gives the hash (hex) of all that went by. */
export function hashed(content: AsyncIterable<Uint8Array>): {
  readonly content: AsyncIterable<Uint8Array>;
  readonly sha256: () => string;
} {
  const hash = createHash('sha256');
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const part of content) {
      hash.update(part);
      yield part;
    }
  }
  return { content: pass(), sha256: () => hash.digest('hex') };
}
