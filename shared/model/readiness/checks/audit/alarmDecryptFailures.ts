import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const alarmDecryptFailures = trailCheckOf({
  id: 'alarm-decrypt-failures',
  trailCheck: 'alarm-decrypt-failures',
  question: 'Is somebody told when Decrypt fails or is denied?',
  why: 'Failing Decrypt calls are the first sign of a broken application, and of somebody who tries doors.',
  remedy: {
    console:
      'CloudWatch > Log groups > the trail’s > Metric filters; then an alarm on the metric with a topic that somebody has confirmed.',
    cli: `aws logs put-metric-filter --log-group-name GROUP --filter-name NAME --filter-pattern '{ ($.eventSource = "kms.amazonaws.com") && ($.eventName = "Decrypt") && ($.errorCode = "*") }' --metric-transformations metricName=NAME,metricNamespace=Claviger,metricValue=1\naws cloudwatch put-metric-alarm --alarm-name NAME --namespace Claviger --metric-name NAME --statistic Sum --period 300 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --treat-missing-data notBreaching --alarm-actions TOPIC\naws sns subscribe --topic-arn TOPIC --protocol email --notification-endpoint ADDRESS`,
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
