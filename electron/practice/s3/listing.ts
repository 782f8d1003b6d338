import { s3Errors } from './errors';
import type { ObjectHead, ObjectStore } from './objectStore';
import type { Xml } from './xml';

const mostKeys = 1000;

/** The answer of ListObjectsV2, or of ListObjects where `list-type=2` is missing. */
export function listObjects(objects: ObjectStore, bucket: string, query: URLSearchParams): Xml {
  const version2 = query.get('list-type') === '2';
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = maxKeys(query.get('max-keys'));
  const token = query.get('continuation-token');
  const given = query.get(version2 ? 'start-after' : 'marker') ?? '';
  const start = token === null ? given : readToken(token);
  const found = collect(objects, bucket, { prefix, delimiter, start, limit });
  const encoded = query.get('encoding-type') === 'url';
  const written = (text: string) => (encoded ? urlEncoded(text) : text);
  const optional = (name: string, value: string | undefined): Xml[] =>
    value === undefined || value === '' ? [] : [[name, value]];
  const next = found.truncated ? found.last : undefined;
  return [
    'ListBucketResult',
    [
      ['Name', bucket],
      ['Prefix', written(prefix)],
      ...(version2
        ? [
            ['KeyCount', found.contents.length + found.prefixes.length] as Xml,
            ...optional('StartAfter', token === null ? written(given) : undefined),
            ...optional('ContinuationToken', token ?? undefined),
            ...optional('NextContinuationToken', next && makeToken(next)),
          ]
        : [
            ['Marker', written(given)] as Xml,
            ...optional('NextMarker', delimiter === '' ? undefined : next && written(next)),
          ]),
      ['MaxKeys', limit],
      ...optional('Delimiter', written(delimiter)),
      ...optional('EncodingType', encoded ? 'url' : undefined),
      ['IsTruncated', found.truncated],
      ...found.contents.map((head) => content(head, written)),
      ...found.prefixes.map((one): Xml => ['CommonPrefixes', [['Prefix', written(one)]]]),
    ],
  ];
}

interface Found {
  readonly contents: ObjectHead[];
  readonly prefixes: string[];
  readonly truncated: boolean;
  /** The last key or common prefix of the page. */
  readonly last: string;
}

function collect(
  objects: ObjectStore,
  bucket: string,
  asked: { prefix: string; delimiter: string; start: string; limit: number },
): Found {
  const { prefix, delimiter, limit } = asked;
  const contents: ObjectHead[] = [];
  const prefixes: string[] = [];
  let after = asked.start;
  let last = after;
  // A page that starts at a common prefix goes on behind all that the prefix stands for.
  if (delimiter !== '' && after.startsWith(prefix) && after.endsWith(delimiter))
    after += '\u{10ffff}';
  const full = () => contents.length + prefixes.length >= limit;
  for (;;) {
    const heads = objects.list(bucket, prefix, after, delimiter === '' ? limit + 1 : 1);
    if (heads.length === 0) return { contents, prefixes, truncated: false, last };
    for (const head of heads) {
      if (full()) return { contents, prefixes, truncated: limit > 0, last };
      const cut = delimiter === '' ? -1 : head.key.indexOf(delimiter, prefix.length);
      if (cut < 0) {
        contents.push(head);
        after = last = head.key;
      } else {
        last = head.key.slice(0, cut + delimiter.length);
        prefixes.push(last);
        after = `${last}\u{10ffff}`;
      }
    }
  }
}

function content({ key, at, etag, size }: ObjectHead, written: (text: string) => string): Xml {
  return [
    'Contents',
    [
      ['Key', written(key)],
      ['LastModified', new Date(at).toISOString()],
      ['ETag', `"${etag}"`],
      ['Size', size],
      ['StorageClass', 'STANDARD'],
    ],
  ];
}

function maxKeys(text: string | null): number {
  const number = Number(text ?? mostKeys);
  if (!Number.isInteger(number) || number < 0) {
    throw s3Errors.invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647');
  }
  return Math.min(number, mostKeys);
}

const makeToken = (last: string) => Buffer.from(`1 ${last}`).toString('base64');

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('1 ')) {
    throw s3Errors.invalidArgument('The continuation token provided is incorrect');
  }
  return text.slice(2);
}

/** As Java's URLEncoder does, which S3 uses, but for the slash. */
function urlEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%20', '+');
}
