import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const trailOn = trailCheckOf({
  id: 'trail-on',
  cis: ['4.1'],
  trailCheck: 'trail-on',
  question: 'Is a trail on?',
  why: 'Without a trail, what happened is in the event history for 90 days and then nowhere.',
  remedy: {
    console: 'CloudTrail > Trails > the trail > Start logging, or Create trail.',
    cli: 'aws cloudtrail start-logging --name TRAIL',
    terraform: 'resource "aws_cloudtrail": enable_logging = true, is_multi_region_trail = true',
  },
  severity: 'critical',
  shelfLifeHours: dayHours,
  topics: ['log'],
  permissions: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'],
});
