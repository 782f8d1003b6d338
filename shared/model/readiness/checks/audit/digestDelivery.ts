import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const digestDelivery = trailCheckOf({
  id: 'digest-delivery',
  trailCheck: 'digest-delivery',
  question: 'Are digests delivered without errors?',
  why: 'A gap in the digests is a gap in the proof.',
  remedy: {
    console: 'CloudTrail > Trails > the trail: the digest error stands at the top.',
    cli: 'aws cloudtrail get-trail-status --name TRAIL',
    terraform: 'resource "aws_s3_bucket_policy" for cloudtrail.amazonaws.com, digests included',
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
