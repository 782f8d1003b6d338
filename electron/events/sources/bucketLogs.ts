import type { ImportReport } from '../../../shared/model/events/coverage';
import { AppError } from '../../../shared/model/errors';
import { unreadName } from '../coverage';
import { readFileName, type TimeRange, type TrailFiles } from '../digest/trailFiles';
import type { KnownPlace } from '../s3Uri';
import type { EventTableClient } from '../startTable';
import { createRefusals } from './refusals';
import { addReports, emptyReport, type SourceProgress } from './report';

/** Objects under way at once, and taken in together. */
const atOnce = 16;

/**
 * Takes in the log files of a bucket that are not there yet. Resumable: what was read is known by its
 * name. An account or Region whose files may not be listed or read is named in the report and in what
 * is covered, and the others go on. Throws AppError where nothing of the bucket may be listed or read,
 * and `cancelled`.
 * @param known accounts and Regions that are asked for where the bucket does not list which it has
 */
export async function importBucketLogs(
  files: TrailFiles,
  range: TimeRange,
  known: readonly KnownPlace[],
  table: Pick<EventTableClient, 'importBytes' | 'missing' | 'writeState'>,
  { signal, progress }: { signal: AbortSignal; progress: (progress: SourceProgress) => void },
): Promise<ImportReport> {
  const startedAt = performance.now();
  const refusals = createRefusals();
  const names = new Map<string, LogName>();
  const options = { onlyLogs: true, onDenied: refusals.unlisted, known };
  for await (const key of files.list(range, signal, options)) {
    const name = readFileName(key);
    if (name?.kind !== 'log') continue;
    refusals.listed(name);
    if (name.at < (range.since ?? -Infinity) || name.at > (range.until ?? Infinity)) continue;
    names.set(`${files.where}${key}`, name);
  }
  const missing = await table.missing({ names: [...names.keys()] }, { signal });

  let report = emptyReport();
  for (let from = 0; from < missing.length; from += atOnce) {
    const part = missing.slice(from, from + atOnce);
    const read = await Promise.all(part.map((name) => readOne(name, names.get(name))));
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
  const refused = refusals.all();
  // Where nothing at all may be read, there is no good part to keep: the sentence says it better.
  const [only] = refused;
  if (only && names.size === refusals.unreadFiles()) {
    throw new AppError(only.error.code, only.why, only.error.detail, { cause: only.error });
  }
  for (const { account, region, why } of refused) {
    if (account !== undefined && region !== undefined) {
      await table.writeState({ name: unreadName(account, region), value: why });
    }
  }
  // Of a time that was left out nothing is known anew.
  const whole = range.since === undefined && range.until === undefined;
  for (const { account, region } of whole ? refusals.sound() : []) {
    await table.writeState({ name: unreadName(account, region), value: '' });
  }
  const problems = refused.map(({ what, why }) => ({
    what: `${files.where}${what}`,
    message: why,
  }));
  return {
    ...report,
    problems: [...problems, ...report.problems].slice(0, 1000),
    ms: performance.now() - startedAt,
  };

  async function readOne(name: string, log: LogName | undefined): Promise<Read> {
    if (!log || refusals.skip(log)) return {};
    try {
      const file = await files.open(log.key, signal);
      if (!file) return { problem: { what: name, message: 'It is not there any more.' } };
      refusals.read(log);
      return { file: { name, bytes: new Uint8Array(file.bytes) } };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'denied') {
        refusals.unread(log, error);
        return {};
      }
      if (error.code !== 'not-found') throw error;
      return { problem: { what: name, message: error.message } };
    }
  }
}

type LogName = NonNullable<ReturnType<typeof readFileName>>;

interface Read {
  readonly file?: { name: string; bytes: Uint8Array<ArrayBuffer> };
  readonly problem?: { what: string; message: string };
}
