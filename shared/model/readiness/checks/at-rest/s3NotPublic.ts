import { postureCheck } from './postureCheck';
import { accountItems, listItems, told } from './postureItems';

export const s3NotPublic = postureCheck({
  id: 's3-not-public',
  cis: ['2.21'],
  topics: ['access'],
  question: 'Is no bucket policy public?',
  why: 'Encryption at rest protects nothing from those whom S3 itself decrypts for.',
  remedy: {
    console: 'S3 > the bucket > Permissions > Block public access: on.',
    cli: 'aws s3api put-public-access-block --bucket BUCKET --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
    terraform: 'resource "aws_s3_bucket_public_access_block"',
  },
  severity: 'critical',
  permissions: ['s3:ListAllMyBuckets', 's3:GetBucketPolicyStatus'],
  judge: (posture) =>
    accountItems(posture, ({ buckets }, where) =>
      listItems(buckets, 'bucket', where, (bucket) => ({
        id: bucket.name,
        name: bucket.name,
        rests: [bucket.policyIsPublic],
        verdict: told(bucket.policyIsPublic, (isPublic) =>
          isPublic
            ? {
                value: 'fail',
                reason: 'AWS takes its policy for public.',
                remedy: 'Name principals, and block public access.',
              }
            : { value: 'pass', reason: 'Its policy is not public.' },
        ),
      })),
    ),
});
