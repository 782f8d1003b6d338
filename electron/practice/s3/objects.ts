import { createHash } from 'node:crypto';
import type { Answer } from '../server/answer';
import { s3Errors } from './errors';
import type { ObjectStore, StoredObject } from './objectStore';
import type { S3Request } from './request';

/** GetObject and HeadObject: the whole object or one range of its bytes, with its metadata. */
export function getObject(objects: ObjectStore, request: S3Request): Answer {
  const object = objects.get(request.bucket, request.key);
  if (!object) throw s3Errors.noSuchKey();
  const { headers } = request;
  const contentType = object.metadata.contentType ?? 'binary/octet-stream';
  const common = headersOf(object);
  if (matches(headers['if-none-match'], object.etag)) {
    return { status: 304, contentType, body: '', headers: common };
  }
  const range = readRange(headers.range, object.size);
  if (range === undefined) return { status: 200, contentType, body: object.body, headers: common };
  const [from, to] = range;
  return {
    status: 206,
    contentType,
    body: object.body.subarray(from, to + 1),
    headers: { ...common, 'Content-Range': `bytes ${from}-${to}/${object.size}` },
  };
}

/** PutObject of up to a request's size; multipart uploads are not there. */
export function putObject(objects: ObjectStore, request: S3Request, now: number): Answer {
  const { bucket, key, body, headers, query } = request;
  if (query.has('partNumber')) throw s3Errors.notImplemented('uploadId');
  if (headers['x-amz-copy-source'] !== undefined) {
    throw s3Errors.notImplemented('x-amz-copy-source');
  }
  const md5 = headers['content-md5'];
  if (md5 !== undefined && createHash('md5').update(body).digest('base64') !== md5) {
    throw s3Errors.badDigest();
  }
  const own = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(metaPrefix))
      .map(([name, value]) => [name.slice(metaPrefix.length), value]),
  );
  const type = headers['content-type'];
  const encoding = headers['content-encoding']?.replace(/aws-chunked,?/, '');
  const etag = objects.put(bucket, key, {
    body,
    at: now,
    metadata: {
      own,
      ...(type !== undefined && { contentType: type }),
      ...(encoding && { contentEncoding: encoding }),
    },
  });
  const answer = { ETag: `"${etag}"`, 'x-amz-server-side-encryption': 'AES256' };
  return { status: 200, contentType: 'application/xml', body: '', headers: answer };
}

const metaPrefix = 'x-amz-meta-';

function headersOf({ at, etag, metadata }: StoredObject): Record<string, string> {
  const own = Object.entries(metadata.own ?? {}).map(([name, value]) => [metaPrefix + name, value]);
  return {
    ETag: `"${etag}"`,
    'Last-Modified': new Date(at).toUTCString(),
    'Accept-Ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
    ...(metadata.contentEncoding && { 'Content-Encoding': metadata.contentEncoding }),
    ...Object.fromEntries(own),
  };
}

/** First and last byte; undefined for the whole, also where the header is none that S3 knows. */
function readRange(header: string | undefined, size: number): [number, number] | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [first, last] = [match[1], match[2]];
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from > to) throw s3Errors.invalidRange();
  return [from, to];
}

function matches(header: string | undefined, etag: string): boolean {
  return header !== undefined && (header === '*' || header.replaceAll('"', '') === etag);
}
