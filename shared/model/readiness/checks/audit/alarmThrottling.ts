import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const alarmThrottling = trailCheckOf({
  id: 'alarm-throttling',
  trailCheck: 'alarm-throttling',
  question: 'Is somebody told when KMS throttles, or the quota is nearly used up?',
  why: 'All workloads of an account share the quotas of KMS: one that runs wild stops the others.',
  remedy: {
    console:
      'CloudWatch > Alarms > Create: AWS/Usage CallCount of KMS, as a share of SERVICE_QUOTA.',
    cli: `aws cloudwatch put-metric-alarm --alarm-name NAME --threshold 80 --evaluation-periods 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions TOPIC --metrics '[{"Id":"m1","ReturnData":false,"MetricStat":{"Period":60,"Stat":"Sum","Metric":{"Namespace":"AWS/Usage","MetricName":"CallCount","Dimensions":[{"Name":"Service","Value":"KMS"},{"Name":"Type","Value":"API"},{"Name":"Class","Value":"None"},{"Name":"Resource","Value":"CryptographicOperationsSymmetric"}]}}},{"Id":"share","Expression":"(m1/SERVICE_QUOTA(m1))*100"}]'`,
    terraform: 'resource "aws_cloudwatch_metric_alarm": metric_query with SERVICE_QUOTA',
  },
  severity: 'medium',
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
