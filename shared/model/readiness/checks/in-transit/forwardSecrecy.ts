import { demand } from './demand';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const forwardSecrecy = endpointCheck({
  id: 'tls-forward-secrecy',
  question: 'Has every suite of every endpoint forward secrecy?',
  why: 'Without it whoever records today and steals the server’s key later reads everything.',
  remedy: {
    console: 'EC2 > Load balancers > the listener > Edit: Security policy.',
    cli: 'aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) => demand(scan, { must: { forwardSecrecy: true } }),
});
