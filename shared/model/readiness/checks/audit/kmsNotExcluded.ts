import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const kmsNotExcluded = trailCheckOf({
  id: 'trail-kms-not-excluded',
  trailCheck: 'kms-not-excluded',
  question: 'Are the events of KMS recorded, and not excluded?',
  why: 'A trail may leave KMS out to save money: it is on, it is valid, and it has not one use of a key.',
  remedy: {
    console:
      'CloudTrail > Trails > the trail > Management events > Edit: clear "Exclude AWS KMS events".',
    cli: `aws cloudtrail get-event-selectors --trail-name TRAIL\n# what is put replaces all selectors: name those for data events, too\naws cloudtrail put-event-selectors --trail-name TRAIL --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true,"ExcludeManagementEventSources":[]}]'`,
    terraform: 'resource "aws_cloudtrail": event_selector without exclude_management_event_sources',
  },
  severity: 'critical',
  shelfLifeHours: dayHours,
  topics: ['log'],
  permissions: [
    'cloudtrail:DescribeTrails',
    'cloudtrail:GetTrailStatus',
    'cloudtrail:GetEventSelectors',
  ],
});
