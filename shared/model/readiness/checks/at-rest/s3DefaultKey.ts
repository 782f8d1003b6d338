import { postureCheck } from './postureCheck';
import { accountItems, listItems, told } from './postureItems';

export const s3DefaultKey = postureCheck({
  id: 's3-kms-by-default',
  question: 'Are new objects of every bucket encrypted with a KMS key?',
  why: 'With S3’s own keys (SSE-S3) whoever may read the bucket may read the data, and no use of a key is recorded.',
  remedy: {
    console:
      'S3 > the bucket > Properties > Default encryption > Edit: SSE-KMS with a key of your own.',
    cli: `aws s3api put-bucket-encryption --bucket BUCKET --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"KEY"},"BucketKeyEnabled":true}]}'`,
    terraform:
      'resource "aws_s3_bucket_server_side_encryption_configuration": sse_algorithm = "aws:kms", kms_master_key_id',
  },
  severity: 'medium',
  permissions: ['s3:ListAllMyBuckets', 's3:GetEncryptionConfiguration'],
  judge: (posture) =>
    accountItems(posture, ({ buckets }, where) =>
      listItems(buckets, 'bucket', where, (bucket) => ({
        id: bucket.name,
        name: bucket.name,
        rests: [bucket.encryption],
        verdict: told(bucket.encryption, ({ algorithm, keyId }) =>
          algorithm.startsWith('aws:kms')
            ? { value: 'pass', reason: `${algorithm} with ${keyId ?? 'alias/aws/s3'}.` }
            : {
                value: 'fail',
                reason: `${algorithm}: keys of S3 itself.`,
                remedy: 'Set a KMS key as the default.',
              },
        ),
      })),
    ),
});
