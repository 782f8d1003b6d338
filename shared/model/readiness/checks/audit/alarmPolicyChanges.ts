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
    cli: `aws logs put-metric-filter --log-group-name GROUP --filter-name NAME --filter-pattern '{ ($.eventSource = "kms.amazonaws.com") && ($.eventName = "PutKeyPolicy") }' --metric-transformations metricName=NAME,metricNamespace=Claviger,metricValue=1\naws cloudwatch put-metric-alarm --alarm-name NAME --namespace Claviger --metric-name NAME --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --treat-missing-data notBreaching --alarm-actions TOPIC\naws sns subscribe --topic-arn TOPIC --protocol email --notification-endpoint ADDRESS`,
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
