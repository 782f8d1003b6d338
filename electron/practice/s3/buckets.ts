import type { Collections } from '../account/collections';
import type { Caller } from '../sigv4/verify';
import { s3Errors } from './errors';
import type { Xml } from './xml';

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
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

export function listBuckets(buckets: Buckets, caller: Caller): Xml {
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
        buckets.all().map(({ name, createdAt }): Xml => [
          'Bucket',
          [
            ['Name', name],
            ['CreationDate', new Date(createdAt).toISOString()],
          ],
        ]),
      ],
    ],
  ];
}
