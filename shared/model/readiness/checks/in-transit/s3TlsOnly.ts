import { postureCheck } from '../at-rest/postureCheck';
import { accountItems, listItems, told } from '../at-rest/postureItems';
import { tlsOnly } from './tlsOnly';

export const s3TlsOnly = postureCheck({
  id: 's3-tls-only',
  cis: ['3.1.1'],
  group: 'in-transit',
  topics: ['in-transit'],
  question: 'Does every bucket refuse requests without TLS?',
  why: 'S3 answers plain HTTP as well: what is sent so can be read on the way.',
  remedy: {
    console:
      'S3 > the bucket > Permissions > Bucket policy: Deny where aws:SecureTransport is false.',
    cli: 'aws s3api get-bucket-policy --bucket BUCKET --query Policy --output text > policy.json\n# policy.json: add to what is there a Deny of s3:* for * on arn:aws:s3:::BUCKET and arn:aws:s3:::BUCKET/* where Bool aws:SecureTransport is false\naws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json',
    terraform:
      'data "aws_iam_policy_document": effect = "Deny", actions = ["s3:*"], resources = [aws_s3_bucket.data.arn, "${aws_s3_bucket.data.arn}/*"], condition { test = "Bool", variable = "aws:SecureTransport", values = ["false"] }',
  },
  severity: 'medium',
  permissions: ['s3:ListAllMyBuckets', 's3:GetBucketPolicy'],
  judge: (posture) =>
    accountItems(posture, ({ buckets }, where) =>
      listItems(buckets, 'bucket', where, (bucket) => ({
        id: bucket.name,
        name: bucket.name,
        rests: [bucket.policy],
        verdict: told(bucket.policy, (policy) => tlsOnly(policy, bucket.name)),
      })),
    ),
});
