import { constants, gunzipSync } from 'node:zlib';

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * What a gzip file holds, at once: for threads. Throws zlib's errors: `ERR_BUFFER_TOO_LARGE` for more
 * than `maxBytes`, codes that begin with `Z_` for what is no whole gzip file. With `cutOff` a file that
 * ends early gives what it holds, in place of an error.
 */
export function unzip(bytes: Uint8Array, maxBytes: number, { cutOff = false } = {}): Buffer {
  // A gzip's last four bytes say how much it holds: unpacked in one piece where that is believable.
  const end = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const said = bytes.length < 18 ? 0 : end.getUint32(bytes.length - 4, true) + 1;
  return gunzipSync(bytes, {
    maxOutputLength: maxBytes,
    chunkSize: Math.min(Math.max(said, 64 * 1024), 16 * 1024 * 1024),
    ...(cutOff && { finishFlush: constants.Z_SYNC_FLUSH }),
  });
}
