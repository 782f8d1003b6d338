import { demand } from './demand';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const grade = endpointCheck({
  id: 'tls-grade',
  question: 'Has every endpoint grade A- or better?',
  why: 'The grade of SSL Labs is what customers and their auditors look up.',
  remedy: {
    console: 'EC2 > Load balancers > the listener > Edit: Security policy.',
    cli: 'aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) => demand(scan, { must: { minimumGrade: 'A-' } }),
});
