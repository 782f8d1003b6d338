import type {
  DigestReport,
  DigestResult,
  TrailFault,
} from '../../../shared/model/events/digestReport';
import { AppError } from '../../../shared/model/errors';
import type { ChainTools } from './chain';
import { differing, type Difference } from './differing';
import type { Digest } from './digestFile';
import { hashGunzipped } from './gunzip';
import { withoutPrefix } from './trailFiles';
import { whyNot } from './whyNot';

/** Files read at once: enough to hide a bucket's round trip. */
const atOnce = 16;

/** Hashes every log file that a digest names and compares. */
export async function checkLogFiles(
  digest: Digest,
  { files, signal, expect, step }: Pick<ChainTools, 'files' | 'signal' | 'expect' | 'step'>,
  faults: TrailFault[],
  unknowns: DigestReport['unknowns'],
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

  async function check(log: Digest['logFiles'][number]) {
    const { s3Object, hashValue, hashAlgorithm, oldestEventTime, newestEventTime } = log;
    const key = withoutPrefix(s3Object) ?? s3Object;
    keys.push(key);
    const fail = (
      fault: Pick<TrailFault, 'kind' | 'why' | 'actual'>,
      differs: readonly Difference[] = [],
    ) => {
      counts.faulty += 1;
      faults.push({
        file: 'log',
        object: key,
        namedBy: withoutPrefix(digest.digestS3Object) ?? digest.digestS3Object,
        ...fault,
        expected: hashValue,
        differs: differing(
          { what: 'SHA-256 of the uncompressed file', expected: hashValue, found: fault.actual },
          ...differs,
          { what: 'Signed for by digest', found: digest.digestS3Object },
          {
            what: 'Hour of that digest',
            found: `${digest.digestStartTime} to ${digest.digestEndTime}`,
          },
          { what: 'Its events were from', expected: oldestEventTime },
          { what: 'Its events were to', expected: newestEventTime },
        ),
      });
    };
    const leave = (unknown: ReturnType<typeof whyNot>) => {
      counts.unread += 1;
      unknowns.push({ object: key, ...unknown });
    };
    if (hashAlgorithm !== 'SHA-256') {
      return leave({ why: `Its hash algorithm ${hashAlgorithm} is not known.` });
    }
    try {
      const file = await files.open(key, signal);
      if (!file) {
        const why = 'A digest names it, and it is not there.';
        return fail({ kind: 'missing', why }, [
          { what: 'Place', expected: `${log.s3Bucket}/${s3Object}`, found: 'nothing' },
        ]);
      }
      const written = { what: 'Last written', found: file.writtenAt };
      const found = hashGunzipped(file.bytes);
      if (!found) {
        const why = 'It is no whole gzip file any more: it was changed or cut.';
        return fail({ kind: 'unreadable', why }, [
          { what: 'Content', expected: 'a gzip file', found: 'no whole gzip file' },
          written,
        ]);
      }
      bytes += found.bytes;
      if (found.hash === hashValue) counts.valid += 1;
      else {
        const why = 'Its hash is not the one that CloudTrail signed: it was changed.';
        fail({ kind: 'modified', why, actual: found.hash }, [
          { what: 'Uncompressed size now', found: `${found.bytes} bytes` },
          written,
        ]);
      }
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
      leave(whyNot(error));
    }
  }
}
