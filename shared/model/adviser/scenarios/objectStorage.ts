import type { Scenario } from '../scenario';

export const objectStorage: Scenario = {
  id: 'object-storage',
  scenario: 'High-volume object storage',
  approach: 'Envelope encryption + KMS',
  why: 'Decouples data key from master key; enables rotation',
  avoid: 'Direct KMS encryption (rate limits, cost)',
  means:
    'Each object is encrypted with a data key of its own, and the data key with a key of KMS. KMS sees 32 bytes an object, never the object; the key of KMS can rotate without one object being written again.',
  notFor: [
    'Only small values of up to 4,096 bytes, a few a second: KMS can encrypt them itself, with no data key to look after.',
    'Only the user may ever read it: then no key of your account may open it (mobile client sync).',
  ],
  alternatives: [
    {
      approach: 'SSE-KMS with a bucket key',
      gain: 'S3 does it all; one request to KMS serves many objects.',
      price:
        'S3 decrypts for everybody who may read the object and use the key; CloudTrail shows the bucket, not the object, in the encryption context.',
    },
    {
      approach: 'SSE-S3',
      gain: 'No cost, no quota, nothing to set up.',
      price: 'No key of yours: nobody can be kept out by a key policy, and no use is recorded.',
    },
    {
      approach: 'Direct KMS Encrypt',
      gain: 'No data key to look after.',
      price: 'At most 4,096 bytes, one request for each use, against the quota of all workloads.',
    },
  ],
  how: {
    steps: [
      {
        text: 'Choose an enabled symmetric key of your own that rotates.',
        link: { to: '/keys', label: 'Keys' },
      },
      {
        text: 'Seal a file as your program would, and open it elsewhere.',
        link: { to: '/envelopes', label: 'Envelopes' },
      },
      {
        text: 'Measure a data key for each object beside a cached one.',
        link: { to: '/envelopes?view=measure', label: 'Measure' },
      },
    ],
    console:
      'S3 > the bucket > Properties > Default encryption > Edit: SSE-KMS, your key, Bucket Key on. For encryption before the upload use the AWS Encryption SDK in the program.',
    cli: `aws s3api put-bucket-encryption --bucket BUCKET --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"KEY_ARN"},"BucketKeyEnabled":true}]}'`,
    terraform: `resource "aws_kms_key" "objects" {
  description             = "Data keys of objects"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_s3_bucket_server_side_encryption_configuration" "objects" {
  bucket = aws_s3_bucket.objects.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.objects.arn
    }
    bucket_key_enabled = true
  }
}`,
  },
  kms: { callsPerUse: 1, counted: 'Objects written or read a second', things: 'objects' },
  numbers: {
    perSecond: 500,
    keys: 1,
    regions: 1,
    region: 'us-east-1',
    gigabytes: 1000,
    kilobytesEach: 1000,
    cacheUses: 100,
    cacheSeconds: 300,
  },
  facts: ['keys', 'buckets', 'log', 'endpoints'],
  checks: [
    's3-kms-by-default',
    's3-bucket-key',
    's3-not-public',
    's3-tls-only',
    'data-keys-usable',
    'data-under-own-keys',
    'rotation-on',
    'policy-not-public',
    'iam-no-decrypt-on-all',
    'alarm-throttling',
  ],
};
