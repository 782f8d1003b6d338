import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const alarmPolicyChanges = trailCheckOf({
  id: 'alarm-policy-changes',
  trailCheck: 'alarm-policy-changes',
  question: 'Is somebody told when the policy of a key changes?',
  why: 'Whoever can change the policy of a key can let anybody in, and take out who should be.',
  remedy: {
    console:
      'CloudWatch > Log groups > the trail’s > Metric filters; then an alarm on the metric with a topic that somebody has confirmed.',
    cli: 'aws logs put-metric-filter; aws cloudwatch put-metric-alarm; aws sns subscribe',
    terraform:
      'resource "aws_cloudwatch_log_metric_filter", "aws_cloudwatch_metric_alarm", "aws_sns_topic_subscription"',
  },
  severity: 'high',
  shelfLifeHours: dayHours,
  topics: ['alarms'],
  permissions: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
    'logs:DescribeMetricFilters',
    'cloudwatch:DescribeAlarms',
    'sns:ListSubscriptionsByTopic',
  ],
});
