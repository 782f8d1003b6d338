import type { DigestResult, TrailFault } from '../../../shared/model/events/digestReport';
import { AppError } from '../../../shared/model/errors';
import type { ChainTools } from './chain';
import type { Digest } from './digestFile';
import { hashGunzipped } from './gunzip';
import { withoutPrefix } from './trailFiles';

/** Files read at once: enough to hide a bucket's round trip. */
const atOnce = 16;

/** Hashes every log file that a digest names and compares. */
export async function checkLogFiles(
  digest: Digest,
  { files, signal, expect, step }: Pick<ChainTools, 'files' | 'signal' | 'expect' | 'step'>,
  faults: TrailFault[],
  unknowns: { object: string; why: string }[],
): Promise<{ counts: DigestResult['logFiles']; keys: string[]; bytes: number }> {
  const counts = { named: digest.logFiles.length, valid: 0, faulty: 0, unread: 0 };
  const keys: string[] = [];
  let bytes = 0;
  expect(digest.logFiles.length);

  const waiting = [...digest.logFiles];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await check(next);
      step();
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return { counts, keys, bytes };

  async function check({ s3Object, hashValue, hashAlgorithm }: Digest['logFiles'][number]) {
    const key = withoutPrefix(s3Object) ?? s3Object;
    keys.push(key);
    const fail = (fault: Omit<TrailFault, 'file' | 'object'>) => {
      counts.faulty += 1;
      faults.push({ file: 'log', object: key, ...fault });
    };
    const leave = (why: string) => {
      counts.unread += 1;
      unknowns.push({ object: key, why });
    };
    if (hashAlgorithm !== 'SHA-256')
      return leave(`Its hash algorithm ${hashAlgorithm} is not known.`);
    try {
      const file = await files.open(key, signal);
      if (!file) {
        return fail({
          kind: 'missing',
          why: 'A digest names it, and it is not there.',
          expected: hashValue,
        });
      }
      const found = await hashGunzipped(file.body, signal);
      if (!found) {
        return fail({
          kind: 'unreadable',
          why: 'It is no whole gzip file any more: it was changed or cut.',
          expected: hashValue,
        });
      }
      bytes += found.bytes;
      if (found.hash === hashValue) counts.valid += 1;
      else {
        fail({
          kind: 'modified',
          why: 'Its hash is not the one that CloudTrail signed: it was changed.',
          expected: hashValue,
          actual: found.hash,
        });
      }
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
      leave(error.message);
    }
  }
}
