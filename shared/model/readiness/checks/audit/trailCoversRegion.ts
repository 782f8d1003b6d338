import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const trailCoversRegion = trailCheckOf({
  id: 'trail-covers-region',
  cis: ['4.1'],
  trailCheck: 'trail-covers-region',
  question: 'Does a trail that is on cover every Region in use?',
  why: 'What happens in a Region that no trail covers leaves no lasting trace, and attackers know it.',
  remedy: {
    console: 'CloudTrail > Trails > the trail > Edit: Apply trail to all Regions.',
    cli: 'aws cloudtrail update-trail --name TRAIL --is-multi-region-trail',
    terraform: 'resource "aws_cloudtrail": is_multi_region_trail = true',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['log'],
  permissions: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'],
});
