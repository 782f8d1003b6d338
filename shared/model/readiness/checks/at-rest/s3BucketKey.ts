import { postureCheck } from './postureCheck';
import { accountItems, listItems, told } from './postureItems';

export const s3BucketKey = postureCheck({
  id: 's3-bucket-key',
  question: 'Do buckets with a KMS key use a bucket key?',
  why: 'Without a bucket key every object asks KMS: costs and quota that one data key for many objects saves.',
  remedy: {
    console: 'S3 > the bucket > Properties > Default encryption > Edit: Bucket Key.',
    cli: `aws s3api put-bucket-encryption --bucket BUCKET --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"KEY"},"BucketKeyEnabled":true}]}'`,
    terraform:
      'resource "aws_s3_bucket_server_side_encryption_configuration": bucket_key_enabled = true',
  },
  severity: 'low',
  permissions: ['s3:ListAllMyBuckets', 's3:GetEncryptionConfiguration'],
  judge: (posture) =>
    accountItems(posture, ({ buckets }, where) =>
      listItems(buckets, 'bucket', where, (bucket) => ({
        id: bucket.name,
        name: bucket.name,
        rests: [bucket.encryption],
        verdict: told(bucket.encryption, ({ algorithm, bucketKey }) => {
          if (algorithm !== 'aws:kms') {
            return { value: 'not-applicable', reason: `${algorithm} has no bucket key.` };
          }
          if (bucketKey === undefined) {
            return {
              value: 'cannot-tell',
              reason: 'AWS does not say whether it has a bucket key.',
            };
          }
          return bucketKey
            ? { value: 'pass', reason: 'It uses a bucket key.' }
            : {
                value: 'fail',
                reason: 'Every object asks KMS.',
                remedy: 'Switch the bucket key on.',
              };
        }),
      })),
    ),
});
