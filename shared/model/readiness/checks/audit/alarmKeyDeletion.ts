import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const alarmKeyDeletion = trailCheckOf({
  id: 'alarm-key-deletion',
  cis: ['5.7'],
  trailCheck: 'alarm-key-deletion',
  question: 'Is somebody told when a key is disabled or to be deleted?',
  why: 'A deletion can be cancelled within 7 to 30 days, if anybody hears of it.',
  remedy: {
    console:
      'CloudWatch > Log groups > the trail’s > Metric filters; then an alarm on the metric with a topic that somebody has confirmed.',
    cli: `aws logs put-metric-filter --log-group-name GROUP --filter-name NAME --filter-pattern '{ ($.eventSource = "kms.amazonaws.com") && (($.eventName = "DisableKey") || ($.eventName = "ScheduleKeyDeletion")) }' --metric-transformations metricName=NAME,metricNamespace=Claviger,metricValue=1\naws cloudwatch put-metric-alarm --alarm-name NAME --namespace Claviger --metric-name NAME --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --treat-missing-data notBreaching --alarm-actions TOPIC\naws sns subscribe --topic-arn TOPIC --protocol email --notification-endpoint ADDRESS`,
    terraform:
      'resource "aws_cloudwatch_log_metric_filter", "aws_cloudwatch_metric_alarm", "aws_sns_topic_subscription"',
  },
  severity: 'critical',
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
