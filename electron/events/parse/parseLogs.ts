import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { AppError } from '../../../shared/model/errors';
import { readLog } from '../log/readLog';
import { whyUnreadable } from '../logFolder';
import { isGzip } from '../log/unzip';
import { readRecord } from '../record/readRecord';
import { PartBuilder, type Part } from '../table/part';

/** A log file to be taken in: its bytes, or where there are none the file that has its name. */
export interface LogToImport {
  readonly name: string;
  /** Bytes, as it lies there. */
  readonly size: number;
  readonly bytes?: Uint8Array | undefined;
  /** Why there is nothing to read, where that is known beforehand: a folder that is closed to us. */
  readonly problem?: string | undefined;
}

/** A log file that was read: as it is kept, and how many events it has. */
export interface ParsedFile {
  readonly name: string;
  /** Hex; of the bytes as they came. */
  readonly sha256: string;
  readonly gzipped: Uint8Array;
  readonly events: number;
}

/** Some log files, read. */
export interface ParsedLogs {
  /** Those that hold events; the part's numbers of files are their places here. */
  readonly files: readonly ParsedFile[];
  readonly part: Part;
  readonly problems: readonly { readonly what: string; readonly message: string }[];
}

/**
 * Reads log files. What cannot be read, or only in part, is named; what holds no event at all is no
 * log and not kept. Never throws but for defects.
 */
export function parseLogs(logs: readonly LogToImport[]): ParsedLogs {
  const builder = new PartBuilder();
  const files: ParsedFile[] = [];
  const problems: { what: string; message: string }[] = [];
  for (const { name, bytes: given, problem } of logs) {
    if (problem !== undefined) {
      problems.push({ what: name, message: problem });
      continue;
    }
    try {
      const bytes = given ?? readLogFile(name);
      const { events, sentences } = addRecords(builder, bytes, files.length);
      for (const message of sentences) problems.push({ what: name, message });
      if (events === 0) continue;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      files.push({ name, sha256, gzipped: isGzip(bytes) ? bytes : gzipSync(bytes), events });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push({ what: name, message: error.message });
    }
  }
  return { files, part: builder.build(), problems };
}

/** Adds a log file's events; gives their number and a sentence for each thing that was wrong. */
function addRecords(
  builder: PartBuilder,
  bytes: Uint8Array,
  file: number,
): { events: number; sentences: string[] } {
  const { records, problem } = readLog(bytes);
  const sentences = problem === undefined ? [] : [problem];
  const broken = new Map<string, number>();
  let events = 0;
  for (const [place, each] of records.entries()) {
    const read = readRecord(each);
    if ('problem' in read) broken.set(read.problem, (broken.get(read.problem) ?? 0) + 1);
    else {
      builder.add(read.row, file, place);
      events += 1;
    }
  }
  for (const [sentence, count] of broken) {
    sentences.push(count === 1 ? `One record: ${sentence}` : `${count} records: ${sentence}`);
  }
  return { events, sentences };
}

function readLogFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new AppError('file-failed', whyUnreadable(error));
  }
}
