import { dayHours } from '../../check';
import { trailCheckOf } from './trailCheckOf';

export const managementEvents = trailCheckOf({
  id: 'trail-management-events',
  cis: ['4.1'],
  trailCheck: 'management-events',
  question: 'Are management events recorded, those that read and those that write?',
  why: 'A trail of data events alone, or of writes alone, shows neither who looked for keys nor who used them.',
  remedy: {
    console: 'CloudTrail > Trails > the trail > Management events > Edit: Read and Write.',
    cli: `aws cloudtrail get-event-selectors --trail-name TRAIL\n# what is put replaces all selectors: name those for data events, too\naws cloudtrail put-event-selectors --trail-name TRAIL --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true,"ExcludeManagementEventSources":[]}]'`,
    terraform:
      'resource "aws_cloudtrail": event_selector { read_write_type = "All", include_management_events = true }',
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
