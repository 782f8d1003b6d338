import { demand } from './demand';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const declaredPolicy = endpointCheck({
  id: 'tls-declared-policy',
  question: 'Does every endpoint negotiate what its declared ELB policy says?',
  why: 'What stands in the configuration and what the endpoint does differ when somebody changed one of them.',
  remedy: {
    console: 'EC2 > Load balancers > the listener > Edit: Security policy.',
    cli: 'aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan, { elbPolicy }) =>
    elbPolicy === null
      ? { value: 'not-applicable', reason: 'No policy is declared for it.' }
      : demand(scan, { must: { elbPolicy } }),
});
