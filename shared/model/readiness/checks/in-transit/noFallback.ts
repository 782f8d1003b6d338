import { guideRow } from './guideRow';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const noFallback = endpointCheck({
  id: 'tls-no-fallback',
  question: 'Does no endpoint offer anything below TLS 1.2?',
  why: 'Old versions are there for attackers: they force a client down to the weakest that both sides have.',
  remedy: {
    console: 'EC2 > Load balancers > the listener > Edit: Security policy.',
    cli: 'aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) => guideRow(scan, 'no-fallback'),
});
