import type { ImportReport } from '../../../shared/model/events/coverage';
import { AppError } from '../../../shared/model/errors';
import { readFileName, type TimeRange, type TrailFiles } from '../digest/trailFiles';
import type { EventTableClient } from '../startTable';
import { addReports, emptyReport, type SourceProgress } from './report';

/** Objects under way at once, and taken in together. */
const atOnce = 16;

/**
 * Takes in the log files of a bucket that are not there yet. Resumable: what was read is known by its
 * name. Throws AppError where the bucket cannot be listed, and `cancelled`.
 */
export async function importBucketLogs(
  files: TrailFiles,
  range: TimeRange,
  table: Pick<EventTableClient, 'importBytes' | 'missing'>,
  { signal, progress }: { signal: AbortSignal; progress: (progress: SourceProgress) => void },
): Promise<ImportReport> {
  const startedAt = performance.now();
  const names = new Map<string, string>();
  for await (const key of files.list(range, signal)) {
    const name = readFileName(key);
    if (name?.kind !== 'log') continue;
    if (name.at < (range.since ?? -Infinity) || name.at > (range.until ?? Infinity)) continue;
    names.set(`${files.where}${key}`, key);
  }
  const missing = await table.missing({ names: [...names.keys()] }, { signal });

  let report = emptyReport();
  for (let from = 0; from < missing.length; from += atOnce) {
    const part = missing.slice(from, from + atOnce);
    const read = await Promise.all(part.map((name) => readOne(name, names.get(name) ?? '')));
    const whole = read.flatMap(({ file }) => file ?? []);
    if (whole.length > 0) {
      const taken = await table.importBytes({ source: 'bucket', files: whole }, { signal });
      report = addReports(report, taken);
    }
    const problems = read.flatMap(({ problem }) => problem ?? []);
    report = { ...report, problems: [...report.problems, ...problems].slice(0, 1000) };
    progress({
      done: Math.min(missing.length, from + atOnce),
      expected: missing.length,
      events: report.events,
      what: part.at(-1) ?? '',
    });
  }
  return { ...report, ms: performance.now() - startedAt };

  async function readOne(name: string, key: string): Promise<Read> {
    try {
      const file = await files.open(key, signal);
      if (!file) return { problem: { what: name, message: 'It is not there any more.' } };
      return { file: { name, bytes: new Uint8Array(file.bytes) } };
    } catch (error) {
      // Without permission for one object there is none for the others: a thousand lines would say the same.
      if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
      return { problem: { what: name, message: error.message } };
    }
  }
}

interface Read {
  readonly file?: { name: string; bytes: Uint8Array<ArrayBuffer> };
  readonly problem?: { what: string; message: string };
}
