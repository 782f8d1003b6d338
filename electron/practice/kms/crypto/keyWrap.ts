import { createCipheriv, createDecipheriv } from 'node:crypto';

const blockLength = 8;
/** The first half of the initial value (RFC 5649, section 3). */
const mark = Buffer.from('a65959a6', 'hex');

/**
 * AES key wrap with padding (RFC 5649), made of single AES blocks because Electron's BoringSSL has no
 * mode for it.
 */
export function wrapKey(key: Buffer, secret: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(secret.length);
  const first = Buffer.concat([mark, length]);
  const padded = Buffer.alloc(Math.ceil(secret.length / blockLength) * blockLength);
  secret.copy(padded);
  if (padded.length === blockLength) return aes(key, Buffer.concat([first, padded]), true);
  let a: Buffer = first;
  const blocks = split(padded);
  for (let round = 0; round < 6; round++) {
    for (const [index, block] of blocks.entries()) {
      const out = aes(key, Buffer.concat([a, block]), true);
      a = withCounter(out.subarray(0, blockLength), round * blocks.length + index + 1);
      blocks[index] = out.subarray(blockLength);
    }
  }
  return Buffer.concat([a, ...blocks]);
}

/** The inverse; undefined for anything that was not wrapped with this key. */
export function unwrapKey(key: Buffer, wrapped: Buffer): Buffer | undefined {
  if (wrapped.length < 2 * blockLength || wrapped.length % blockLength !== 0) return undefined;
  let a: Buffer;
  let padded: Buffer;
  if (wrapped.length === 2 * blockLength) {
    const out = aes(key, wrapped, false);
    a = out.subarray(0, blockLength);
    padded = out.subarray(blockLength);
  } else {
    a = wrapped.subarray(0, blockLength);
    const blocks = split(wrapped.subarray(blockLength));
    for (let round = 5; round >= 0; round--) {
      for (let index = blocks.length - 1; index >= 0; index--) {
        const counted = withCounter(a, round * blocks.length + index + 1);
        const out = aes(key, Buffer.concat([counted, blocks[index] as Buffer]), false);
        a = out.subarray(0, blockLength);
        blocks[index] = out.subarray(blockLength);
      }
    }
    padded = Buffer.concat(blocks);
  }
  const length = a.readUInt32BE(4);
  const padding = padded.length - length;
  const fits =
    padding >= 0 && padding < blockLength && padded.subarray(length).every((b) => b === 0);
  return a.subarray(0, 4).equals(mark) && fits ? padded.subarray(0, length) : undefined;
}

function split(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += blockLength) {
    blocks.push(bytes.subarray(at, at + blockLength));
  }
  return blocks;
}

function withCounter(block: Buffer, counter: number): Buffer {
  const counted = Buffer.from(block);
  counted.writeUInt32BE((counted.readUInt32BE(4) ^ counter) >>> 0, 4);
  return counted;
}

function aes(key: Buffer, block: Buffer, encrypt: boolean): Buffer {
  const cipher = (encrypt ? createCipheriv : createDecipheriv)(
    `aes-${key.length * 8}-ecb`,
    key,
    null,
  );
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}
