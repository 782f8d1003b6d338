import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { S3 } from '../s3/index';
import type { TableRecord } from './catalog';
import type { Partition } from './partitions';
import type { Row } from './sql/evaluate';
import { SqlError } from './sql/tokens';
import { toRow } from './sql/types';

/** One object of a table: its size as it lies there, and its rows. */
export interface Scanned {
  readonly bytes: number;
  readonly rows: readonly Row[];
}

const unzip = promisify(gunzip);
const pageSize = 1000;

/**
 * Reads the objects of a table's partitions one after the other. Names that begin with a dot or an
 * underscore are hidden, as in Athena. @throws SqlError where an object is no log file
 */
export async function* scan(
  s3: S3,
  table: TableRecord,
  partitions: readonly Partition[],
): AsyncGenerator<Scanned> {
  for (const { location, values } of partitions) {
    const [bucket, prefix] = placeOf(location);
    if (!s3.buckets.get(bucket)) {
      throw new SqlError(
        `HIVE_FILESYSTEM_ERROR: The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket): ${bucket}`,
      );
    }
    await s3.settled(bucket, prefix);
    let after = '';
    for (;;) {
      const heads = s3.objects.list(bucket, prefix, after, pageSize);
      for (const { key } of heads) {
        after = key;
        const file = key.slice(key.lastIndexOf('/') + 1);
        if (file === '' || /^[._]/.test(file)) continue;
        const object = s3.objects.get(bucket, key);
        if (!object) continue;
        const records = await recordsOf(object.body, `s3://${bucket}/${key}`);
        const rows = records.map((record) => ({ ...toRow(record, table.columns), ...values }));
        yield { bytes: object.size, rows };
      }
      if (heads.length < pageSize) break;
    }
  }
}

/** `s3://bucket/prefix/`. */
export function placeOf(location: string): [bucket: string, prefix: string] {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(location) ?? [];
  return [bucket, prefix];
}

/** As CloudTrailInputFormat splits a file: a row for each of its `Records`. */
async function recordsOf(body: Buffer, name: string): Promise<Record<string, unknown>[]> {
  try {
    const plain = name.endsWith('.gz') ? await unzip(body) : body;
    const { Records } = JSON.parse(plain.toString('utf8')) as { Records?: unknown };
    if (Array.isArray(Records)) return Records as Record<string, unknown>[];
  } catch {
    // Told below: Athena says the same of any file that it cannot read.
  }
  throw new SqlError(`HIVE_BAD_DATA: Error reading ${name}: it is no CloudTrail log file`);
}
