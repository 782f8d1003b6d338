import { demand } from './demand';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const mozillaProfile = endpointCheck({
  id: 'tls-mozilla-intermediate',
  question: 'Is every endpoint as strict as Mozilla’s intermediate profile?',
  why: 'A list of versions, suites and groups that many have looked over beats one of one’s own.',
  remedy: {
    console: 'EC2 > Load balancers > the listener > Edit: Security policy.',
    cli: 'aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'low',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) => demand(scan, { must: { mozillaProfile: 'intermediate' } }),
});
