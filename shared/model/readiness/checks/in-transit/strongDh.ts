import { demand } from './demand';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const strongDh = endpointCheck({
  id: 'tls-strong-dh',
  question: 'Has every Diffie-Hellman prime 2048 bits or more?',
  why: 'A prime of 1024 bits is within reach of states, one of 512 of anybody.',
  remedy: {
    console: 'The server’s settings: ssl_dhparam, or only ECDHE suites.',
    cli: 'openssl dhparam -out dhparam.pem 3072',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) => demand(scan, { must: { minimumDhBits: 2048 } }),
});
