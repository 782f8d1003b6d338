import { guideRow } from './guideRow';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const tls13 = endpointCheck({
  id: 'tls-1-3',
  question: 'Does every endpoint offer TLS 1.3?',
  why: 'TLS 1.3 leaves out what was broken in the versions before, always has forward secrecy, and alone has post-quantum key exchange.',
  remedy: {
    console: 'EC2 > Load balancers > the listener > Edit: Security policy.',
    cli: 'aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) => guideRow(scan, 'tls13'),
});
