import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const logDelivery = trailCheckOf({
  id: 'log-delivery',
  trailCheck: 'delivery',
  question: 'Are log files delivered without errors?',
  why: 'A trail that is on and cannot write to its bucket records nothing.',
  remedy: {
    console:
      'CloudTrail > Trails > the trail: the error stands at the top; correct the policy of bucket or key.',
    cli: 'aws cloudtrail get-trail-status --name TRAIL\naws s3api get-bucket-policy --bucket BUCKET --query Policy --output text > policy.json\n# policy.json: let cloudtrail.amazonaws.com write, as the error says\naws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json',
    terraform: 'resource "aws_s3_bucket_policy" for cloudtrail.amazonaws.com',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['log'],
  permissions: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
  ],
});
