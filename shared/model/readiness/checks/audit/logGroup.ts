import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const logGroup = trailCheckOf({
  id: 'log-group',
  trailCheck: 'log-group',
  question: 'Do events reach CloudWatch Logs, where alarms begin?',
  why: 'Log files in a bucket are read after the fact; alarms need the events within minutes.',
  remedy: {
    console: 'CloudTrail > Trails > the trail > CloudWatch Logs > Edit.',
    cli: 'aws cloudtrail update-trail --name TRAIL --cloud-watch-logs-log-group-arn ARN --cloud-watch-logs-role-arn ROLE',
    terraform: 'resource "aws_cloudtrail": cloud_watch_logs_group_arn, cloud_watch_logs_role_arn',
  },
  severity: 'medium',
  shelfLifeHours: dayHours,
  topics: ['log', 'alarms'],
  permissions: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
  ],
});
