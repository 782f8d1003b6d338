import { weekHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const logEncryption = trailCheckOf({
  id: 'log-encryption',
  cis: ['4.5'],
  trailCheck: 'bucket-key',
  question: 'Are log files encrypted with a KMS key?',
  why: 'With S3’s own encryption whoever may read the bucket may read the log; with a KMS key it takes two permissions, and each reading is recorded.',
  remedy: {
    console: 'CloudTrail > Trails > the trail > General details > Edit: SSE-KMS encryption.',
    cli: '# the key’s policy must let cloudtrail.amazonaws.com use it\naws cloudtrail update-trail --name TRAIL --kms-key-id KEY',
    terraform: 'resource "aws_cloudtrail": kms_key_id',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['log', 'at-rest'],
  permissions: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
  ],
});
