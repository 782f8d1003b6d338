import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** The uncompressed bytes of a gzip file; undefined where it is none, or longer than `maxBytes`. */
export async function gunzip(
  body: Readable,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const ended = await unpack(body, signal, (part) => {
    bytes += part.length;
    parts.push(part);
    return bytes <= maxBytes;
  });
  return ended ? Buffer.concat(parts) : undefined;
}

/** SHA-256 (hex) and length of what a gzip file holds; undefined where it is none. */
export async function hashGunzipped(
  body: Readable,
  signal: AbortSignal,
): Promise<{ hash: string; bytes: number } | undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  const ended = await unpack(body, signal, (part) => {
    bytes += part.length;
    hash.update(part);
    return true;
  });
  return ended ? { hash: hash.digest('hex'), bytes } : undefined;
}

/** Gives each part until `take` wants no more; false where the file ends early or is no gzip. */
async function unpack(
  body: Readable,
  signal: AbortSignal,
  take: (part: Buffer) => boolean,
): Promise<boolean> {
  let wanted = true;
  try {
    await pipeline(
      body,
      createGunzip({ chunkSize: 256 * 1024 }),
      async (parts: AsyncIterable<Buffer>) => {
        for await (const part of parts) {
          wanted = take(part);
          if (!wanted) return;
        }
      },
      { signal },
    );
  } catch (error) {
    if (signal.aborted) throw error;
    const { code = '' } = error as NodeJS.ErrnoException;
    // What zlib says of bytes that are no whole gzip; anything else is a failure to read.
    if (code.startsWith('Z_')) return false;
    throw error;
  }
  return wanted;
}
