import { guideRow } from './guideRow';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const aead = endpointCheck({
  id: 'tls-aead',
  question: 'Does every endpoint offer authenticated encryption only?',
  why: 'Suites with CBC have been opened by their padding again and again; GCM and ChaCha20-Poly1305 prove every record.',
  remedy: {
    console: 'EC2 > Load balancers > the listener > Edit: Security policy.',
    cli: 'aws elbv2 modify-listener --listener-arn ARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) => guideRow(scan, 'aead'),
});
