import type { Collections } from '../account/collections';
import { pageOf } from '../edge/service';
import type { Caller } from '../sigv4/verify';
import { s3Errors } from './errors';
import type { Xml } from './xml';

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
  readonly settings?: BucketSettings;
}

/** What was set of a bucket; what was not is as AWS has it from the start. */
export interface BucketSettings {
  /** SSE-S3 where absent; without a key id, `aws:kms` means the AWS managed key. */
  readonly encryption?: {
    readonly algorithm: 'AES256' | 'aws:kms';
    readonly keyId?: string;
    readonly bucketKey?: boolean;
  };
  /** Absent: never switched on. */
  readonly versioning?: 'Enabled' | 'Suspended';
  /** JSON. */
  readonly policy?: string;
  /** Everything is blocked where absent. */
  readonly publicAccessBlock?: 'none';
  /** Only the owner is let in where absent. */
  readonly acl?: 'public-read';
  readonly tags?: Readonly<Record<string, string>>;
}

/** The account's buckets; their names are its own here, where AWS shares them among all accounts. */
export interface Buckets {
  get(name: string): Bucket | undefined;
  /** @throws AwsError InvalidBucketName */
  create(bucket: Bucket): void;
  delete(name: string): void;
  all(): Bucket[];
}

export function openBuckets(state: Collections): Buckets {
  const stored = state.of<Bucket>('s3-bucket');
  return {
    get: (name) => stored.get(name),
    create(bucket) {
      if (!isBucketName(bucket.name)) throw s3Errors.invalidBucketName();
      stored.put(bucket.name, bucket);
      state.commit();
    },
    delete(name) {
      stored.delete(name);
      state.commit();
    },
    all: () => [...stored.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** S3's rules for the names of general purpose buckets. */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name)
  );
}

/**
 * The answer of ListBuckets: pages of up to 10,000. The Region stands there where the request has any
 * parameter, as at AWS.
 */
export function listBuckets(buckets: Buckets, caller: Caller, query: URLSearchParams): Xml {
  const prefix = query.get('prefix') ?? '';
  const region = query.get('bucket-region');
  const isParameter = (name: string) => name !== 'x-id' && !/^x-amz-/i.test(name);
  const withRegion = [...query.keys()].some(isParameter);
  const size = sizeOf(query.get('max-buckets'));
  const found = buckets
    .all()
    .filter((one) => one.name.startsWith(prefix) && (region === null || one.region === region));
  const page = pageOf(found, query.get('continuation-token'), size);
  if (!page) throw s3Errors.invalidArgument('The continuation token provided is incorrect');
  return [
    'ListAllMyBucketsResult',
    [
      [
        'Owner',
        [
          ['ID', caller.accountId],
          ['DisplayName', 'practice'],
        ],
      ],
      [
        'Buckets',
        page.items.map((bucket): Xml => [
          'Bucket',
          [
            ['Name', bucket.name],
            ['CreationDate', new Date(bucket.createdAt).toISOString()],
            ...(withRegion ? [['BucketRegion', bucket.region] as const] : []),
          ],
        ]),
      ],
      ...(page.next === undefined ? [] : [['ContinuationToken', page.next] as const]),
      ...(prefix === '' ? [] : [['Prefix', prefix] as const]),
    ],
  ];
}

function sizeOf(given: string | null): number {
  const size = given === null ? 10_000 : Number(given);
  if (Number.isInteger(size) && size >= 1 && size <= 10_000) return size;
  throw s3Errors.invalidArgument('Argument max-buckets must be an integer between 1 and 10000');
}
