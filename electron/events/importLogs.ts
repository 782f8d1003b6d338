import type { ImportReport } from '../../shared/model/events/coverage';
import { AppError } from '../../shared/model/errors';
import { readFile, type EventStore, type FileSource, type ReadFile } from './store/eventStore';

/** A log file to be taken in; `read` gives its bytes when its turn comes, or undefined where it is gone. */
export interface LogToImport {
  readonly name: string;
  readonly read: () => Promise<Buffer | undefined>;
}

export interface ImportProgress {
  readonly done: number;
  readonly expected: number;
  readonly events: number;
  readonly what: string;
}

/** Files read ahead: enough to keep a second core at unpacking while this thread parses. */
const ahead = 4;
/** Written together. Large parts load fast; small ones lose little when the power goes. */
const eventsPerPart = 50_000;
const bytesPerPart = 64 * 1024 * 1024;
const maxProblems = 1000;

/**
 * Takes log files in. A file that cannot be read, or only in part, is named in the report; the others
 * and what is whole of it are kept. Throws AppError `cancelled`, `disk-full` and what else the store
 * throws; what was written before stays.
 */
export async function importLogs(
  store: EventStore,
  logs: readonly LogToImport[] | AsyncIterable<LogToImport>,
  options: {
    readonly source: FileSource;
    readonly signal: AbortSignal;
    readonly progress?: ((progress: ImportProgress) => void) | undefined;
  },
): Promise<ImportReport> {
  const { source, signal, progress } = options;
  const startedAt = performance.now();
  const expected = Array.isArray(logs) ? logs.length : 0;
  const report = { files: 0, events: 0, added: 0, duplicates: 0 };
  const problems: { what: string; message: string }[] = [];
  let waiting: ReadFile[] = [];

  function note(what: string, message: string): void {
    if (problems.length < maxProblems) problems.push({ what, message });
  }
  function write(): void {
    if (waiting.length === 0) return;
    const { added, duplicates } = store.add(waiting);
    report.added += added;
    report.duplicates += duplicates;
    waiting = [];
  }
  const readOne = async (log: LogToImport) => {
    try {
      const bytes = await log.read();
      if (!bytes) return { log, problem: 'It is not there any more.' };
      return { log, ...(await readFile(log.name, source, bytes)) };
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
      return { log, problem: error.message };
    }
  };

  const running: ReturnType<typeof readOne>[] = [];
  async function takeOldest(): Promise<void> {
    const read = await running.shift();
    if (!read) return;
    report.files += 1;
    if ('problem' in read) note(read.log.name, read.problem);
    else {
      for (const message of read.problems) note(read.log.name, message);
      report.events += read.file.rows.length;
      // What holds no event at all is no log: it is named above and not kept.
      if (read.file.rows.length > 0) waiting.push(read.file);
    }
    const events = waiting.reduce((sum, { rows }) => sum + rows.length, 0);
    const bytes = waiting.reduce((sum, file) => sum + file.bytes.length, 0);
    if (events >= eventsPerPart || bytes >= bytesPerPart) write();
    progress?.({
      done: report.files,
      expected: Math.max(expected, report.files),
      events: report.events,
      what: read.log.name,
    });
  }

  for await (const log of logs) {
    if (signal.aborted) break;
    running.push(readOne(log));
    if (running.length >= ahead) await takeOldest();
  }
  while (running.length > 0 && !signal.aborted) await takeOldest();
  await Promise.allSettled(running);
  write();
  if (signal.aborted) throw new AppError('cancelled', 'Cancelled. What was read is kept.');
  return { ...report, problems, ms: performance.now() - startedAt };
}
