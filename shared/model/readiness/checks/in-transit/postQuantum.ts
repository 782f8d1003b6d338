import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const postQuantum = endpointCheck({
  id: 'tls-post-quantum',
  question: 'Does every endpoint offer post-quantum key exchange?',
  why: 'What is recorded today can be opened once a large quantum computer is there: what must stay secret for long needs it now.',
  remedy: {
    console: 'EC2 > Load balancers > the listener > Edit: Security policy.',
    cli: 'aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'low',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: ({ postQuantum: verdict }) => verdict,
});
