import type { ImportReport } from '../../shared/model/events/coverage';
import { AppError } from '../../shared/model/errors';
import { parseLogs, type LogToImport, type ParsedLogs } from './parse/parseLogs';
import { startParsers, type Parsers } from './parse/parsers';
import type { EventStore, FileSource } from './store/eventStore';

export interface ImportProgress {
  readonly done: number;
  readonly expected: number;
  readonly events: number;
  readonly what: string;
}

/** Log files that one thread reads together: their words are handed on once. */
const logsPerList = 64;
const bytesPerList = 2 * 1024 * 1024;
/** So little is read sooner than a thread has started. */
const littleBytes = 512 * 1024;
/** Written together. Large parts load fast; small ones lose little when the power goes. */
const eventsPerPart = 50_000;
const bytesPerPart = 64 * 1024 * 1024;
const maxProblems = 1000;

/**
 * Takes log files in, in their order. A file that cannot be read, or only in part, is named in the
 * report; the others and what is whole of it are kept. Threads do the reading, unless there is little
 * of it. Throws AppError `cancelled`, `disk-full` and what else the store throws; what was written
 * before stays.
 */
export async function importLogs(
  store: EventStore,
  logs: readonly LogToImport[] | AsyncIterable<LogToImport>,
  options: {
    readonly source: FileSource;
    readonly signal: AbortSignal;
    readonly progress?: ((progress: ImportProgress) => void) | undefined;
    /** Closed at the end. */
    readonly parsers?: Parsers | undefined;
  },
): Promise<ImportReport> {
  const { source, signal, progress, parsers = startParsers() } = options;
  const startedAt = performance.now();
  const expected = Array.isArray(logs) ? logs.length : 0;
  const report = { files: 0, events: 0, added: 0, duplicates: 0 };
  const problems: { what: string; message: string }[] = [];
  const running: { list: readonly LogToImport[]; parsed: Promise<ParsedLogs[]> }[] = [];
  let waiting: ParsedLogs[] = [];

  function write(): void {
    if (waiting.length === 0) return;
    const { added, duplicates } = store.add(waiting, source);
    report.added += added;
    report.duplicates += duplicates;
    waiting = [];
  }
  async function takeOldest(): Promise<void> {
    const oldest = running.shift();
    if (!oldest) return;
    for (const parsed of await oldest.parsed) {
      report.events += parsed.part.events;
      problems.push(...parsed.problems.slice(0, maxProblems - problems.length));
      if (parsed.files.length > 0) waiting.push(parsed);
    }
    report.files += oldest.list.filter(({ problem }) => problem === undefined).length;
    if (isEnough(waiting)) write();
    progress?.({
      done: report.files,
      expected: Math.max(expected, report.files),
      events: report.events,
      what: oldest.list.at(-1)?.name ?? '',
    });
  }

  try {
    for await (const list of listsOf(logs)) {
      if (signal.aborted) break;
      const isLittle = report.files + running.length === 0 && sizeOf(list) < littleBytes;
      const parse = isLittle ? parseHere : parsers.parse;
      running.push({ list, parsed: parseOrName(list, parse) });
      if (running.length >= parsers.atOnce) await takeOldest();
    }
    while (running.length > 0 && !signal.aborted) await takeOldest();
  } finally {
    await parsers.close();
  }
  write();
  if (signal.aborted) throw new AppError('cancelled', 'Cancelled. What was read is kept.');
  return { ...report, problems, ms: performance.now() - startedAt };
}

function isEnough(waiting: readonly ParsedLogs[]): boolean {
  const files = waiting.flatMap((each) => each.files);
  return (
    waiting.reduce((sum, { part }) => sum + part.events, 0) >= eventsPerPart ||
    files.reduce((sum, { gzipped }) => sum + gzipped.length, 0) >= bytesPerPart
  );
}

/** Log files in lists of a size that is worth a thread's while. */
async function* listsOf(
  logs: readonly LogToImport[] | AsyncIterable<LogToImport>,
): AsyncGenerator<LogToImport[]> {
  let list: LogToImport[] = [];
  for await (const log of logs) {
    list.push(log);
    if (list.length < logsPerList && sizeOf(list) < bytesPerList) continue;
    yield list;
    list = [];
  }
  if (list.length > 0) yield list;
}

function sizeOf(list: readonly LogToImport[]): number {
  return list.reduce((sum, { size }) => sum + size, 0);
}

function parseHere(list: readonly LogToImport[]): Promise<ParsedLogs> {
  return Promise.resolve(parseLogs(list));
}

/** Where a thread breaks over a list, the file that did it is found and named, and the others are read. */
async function parseOrName(
  list: readonly LogToImport[],
  parse: (list: readonly LogToImport[]) => Promise<ParsedLogs>,
): Promise<ParsedLogs[]> {
  try {
    return [await parse(list)];
  } catch (error) {
    const [first, ...others] = list;
    if (!first || others.length > 0) {
      const each = await Promise.all(list.map((log) => parseOrName([log], parse)));
      return each.flat();
    }
    process.emitWarning(`Reading ${first.name} failed: ${String(error)}`);
    const message = 'It could not be read: most likely there is not enough memory for it.';
    return [{ ...parseLogs([]), problems: [{ what: first.name, message }] }];
  }
}
