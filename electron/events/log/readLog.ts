import { record, text, type Json } from '../record/json';
import { isGzip, unzip } from './unzip';
import { wholeObjects } from './wholeObjects';

/** The records of a log file in their order, and what was wrong with it. */
export interface ReadLog {
  readonly records: readonly Json[];
  readonly problem: string | undefined;
}

/** CloudTrail's files hold some megabytes; a larger one is not opened. */
const maxBytes = 512 * 1024 * 1024;

/**
 * Reads a log file, gzipped or not: `{"Records": [...]}` as CloudTrail delivers it, what
 * `aws cloudtrail lookup-events` prints, a list of records, one record, or one a line. Of a file that
 * is cut off the whole records are given and the problem is named; never throws.
 */
export function readLog(bytes: Uint8Array): ReadLog {
  let plain = bytes;
  if (isGzip(bytes)) {
    try {
      plain = unzip(bytes, maxBytes, { cutOff: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === 'ERR_BUFFER_TOO_LARGE'
        ? none('It holds more than 512 MiB.')
        : none('It is no whole gzip file: it was changed or damaged.');
    }
  }
  const { buffer, byteOffset, byteLength } = plain;
  const content = Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  return recordsOf(content.replace(/^\uFEFF/, ''));
}

function none(problem: string): ReadLog {
  return { records: [], problem };
}

function recordsOf(content: string): ReadLog {
  if (content.trim() === '') return none('It is empty.');
  let value: Json;
  try {
    value = JSON.parse(content) as Json;
  } catch {
    return brokenOrLines(content);
  }
  if (Array.isArray(value)) return { records: value as readonly Json[], problem: undefined };
  const members = record(value);
  if (Array.isArray(members?.['Records']))
    return { records: members['Records'], problem: undefined };
  if (Array.isArray(members?.['Events'])) return lookedUp(members['Events']);
  if (text(members?.['eventName'])) return { records: [value], problem: undefined };
  return none('It holds JSON, but no CloudTrail records.');
}

/** LookupEvents gives each record as a string within an event. */
function lookedUp(events: readonly Json[]): ReadLog {
  let broken = 0;
  const records = events.flatMap((event) => {
    try {
      return [JSON.parse(text(record(event)?.['CloudTrailEvent']) ?? '') as Json];
    } catch {
      broken += 1;
      return [];
    }
  });
  return {
    records,
    problem: broken > 0 ? `${broken} of ${events.length} events hold no record.` : undefined,
  };
}

/** One record a line, or a file that was cut: whatever is whole is kept. */
function brokenOrLines(content: string): ReadLog {
  const start = /^\s*\{\s*"(?:Records|Events)"\s*:\s*\[/.exec(content);
  const records = wholeObjects(content, start ? start[0].length : 0);
  if (records.objects.length === 0) return none('It is no JSON.');
  const lines = !start && records.atEnd;
  return {
    records: records.objects,
    problem: lines
      ? undefined
      : records.objects.length === 1
        ? 'It is cut off or damaged after one record; that one is kept.'
        : `It is cut off or damaged after ${records.objects.length} records; those are kept.`,
  };
}
