import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/model/errors';
import { unzip } from '../log/unzip';

/** CloudTrail's log files hold some megabytes. */
const maxLogBytes = 1024 * 1024 * 1024;

/** The uncompressed bytes of a gzip file; undefined where it is none, or longer than `maxBytes`. */
export function gunzip(bytes: Uint8Array, maxBytes: number): Buffer | undefined {
  try {
    return unzip(bytes, maxBytes);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    // What zlib says of bytes that are no whole gzip; anything else is a defect.
    if (code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

/**
 * SHA-256 (hex) and length of what a gzip file holds; undefined where it is none. Throws AppError
 * `file-failed` where it holds more than a log file ever does.
 */
export function hashGunzipped(bytes: Uint8Array): { hash: string; bytes: number } | undefined {
  try {
    const plain = unzip(bytes, maxLogBytes);
    return { hash: createHash('sha256').update(plain).digest('hex'), bytes: plain.length };
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_')) return undefined;
    if (code !== 'ERR_BUFFER_TOO_LARGE') throw error;
    throw new AppError(
      'file-failed',
      'It holds more than 1 GiB, as no log file of CloudTrail does.',
    );
  }
}
