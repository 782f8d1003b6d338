import type { Bucket, BucketSettings } from './buckets';
import { s3Errors } from './errors';
import type { Xml } from './xml';

/** What a sub-resource of a bucket says, and how permissions and CloudTrail name the reading of it. */
interface SettingCall {
  /** After `s3:`, and as CloudTrail names it, where that is not the same. */
  readonly permission: string;
  readonly event?: string;
  /** A document: XML, or JSON as it was put. */
  readonly read: (settings: BucketSettings) => Xml | string;
}

/** By the name in the query, `?encryption`. */
export const settingCalls: Readonly<Record<string, SettingCall>> = {
  encryption: {
    permission: 'GetEncryptionConfiguration',
    event: 'GetBucketEncryption',
    // Since January 2023 every bucket has SSE-S3 at the least: there is no "not found" any more.
    read({ encryption: { algorithm = 'AES256', keyId, bucketKey = false } = {} }) {
      const key: Xml[] = keyId === undefined ? [] : [['KMSMasterKeyID', keyId]];
      return [
        'ServerSideEncryptionConfiguration',
        [
          [
            'Rule',
            [
              ['ApplyServerSideEncryptionByDefault', [['SSEAlgorithm', algorithm], ...key]],
              ['BucketKeyEnabled', bucketKey],
            ],
          ],
        ],
      ];
    },
  },
  versioning: {
    permission: 'GetBucketVersioning',
    read: ({ versioning }) => [
      'VersioningConfiguration',
      versioning === undefined ? [] : [['Status', versioning]],
    ],
  },
  policy: {
    permission: 'GetBucketPolicy',
    read: (settings) => policyOf(settings),
  },
  policyStatus: {
    permission: 'GetBucketPolicyStatus',
    read: (settings) => ['PolicyStatus', [['IsPublic', isPublic(policyOf(settings))]]],
  },
  publicAccessBlock: {
    permission: 'GetBucketPublicAccessBlock',
    read({ publicAccessBlock }) {
      if (publicAccessBlock === 'none') throw s3Errors.absent.publicAccessBlock();
      // Buckets have it from the start since April 2023.
      return [
        'PublicAccessBlockConfiguration',
        [
          ['BlockPublicAcls', true],
          ['IgnorePublicAcls', true],
          ['BlockPublicPolicy', true],
          ['RestrictPublicBuckets', true],
        ],
      ];
    },
  },
  acl: {
    permission: 'GetBucketAcl',
    read: ({ acl }) => [
      'AccessControlPolicy',
      [
        ['Owner', [['ID', owner]]],
        ['AccessControlList', grants(acl)],
      ],
    ],
  },
  tagging: {
    permission: 'GetBucketTagging',
    read({ tags = {} }) {
      const set = Object.entries(tags).map(([key, value]): Xml => [
        'Tag',
        [
          ['Key', key],
          ['Value', value],
        ],
      ]);
      if (set.length === 0) throw s3Errors.absent.tagging();
      return ['Tagging', [['TagSet', set]]];
    },
  },
};

const owner = '9f2c1d0e7b6a4358a1c0de52f7e3b8449f2c1d0e7b6a4358a1c0de52f7e3b844';

function grants(acl: BucketSettings['acl']): Xml[] {
  const all: Xml[] = [grant('CanonicalUser', ['ID', owner], 'FULL_CONTROL')];
  if (acl === 'public-read') {
    const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';
    all.push(grant('Group', ['URI', everybody], 'READ'));
  }
  return all;
}

function grant(type: string, grantee: Xml, permission: string): Xml {
  const attributes = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}"`;
  return [
    'Grant',
    [
      ['Grantee', [grantee], attributes],
      ['Permission', permission],
    ],
  ];
}

/** Which sub-resource a query names. */
export function settingOf(query: URLSearchParams): string | undefined {
  return Object.keys(settingCalls).find((name) => query.has(name));
}

/** Reads one of a bucket's settings. @throws AwsError where the bucket has none of it */
export function readSetting(name: string, { settings = {} }: Bucket): Xml | string {
  const call = settingCalls[name];
  if (!call) throw s3Errors.notImplemented(name);
  return call.read(settings);
}

/** What CloudTrail logs of reading it. */
export function settingEvent(name: string, bucket: Bucket) {
  const { permission, event = permission } = settingCalls[name] ?? { permission: name };
  return {
    name: event,
    readOnly: true,
    requestParameters: { bucketName: bucket.name, [name]: '' },
  };
}

function policyOf({ policy }: BucketSettings): string {
  if (policy === undefined) throw s3Errors.absent.policy();
  return policy;
}

/** A statement that allows anyone, without a condition. AWS also knows which conditions leave it public. */
function isPublic(policy: string): boolean {
  const { Statement: statements } = JSON.parse(policy) as { Statement: Statement[] };
  return statements.some(
    ({ Effect: effect, Principal: principal, Condition: condition }) =>
      effect === 'Allow' &&
      condition === undefined &&
      (principal === '*' || (typeof principal === 'object' && principal.AWS === '*')),
  );
}
interface Statement {
  readonly Effect: string;
  readonly Principal?: string | { readonly AWS?: unknown };
  readonly Condition?: object;
}
