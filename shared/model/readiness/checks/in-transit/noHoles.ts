import type { VulnerabilityId } from '../../../tls/scan';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';
import { demand } from './demand';

/** Those that a scan proves; where only their conditions are there, other questions ask for these. */
const holes: VulnerabilityId[] = [
  'heartbleed',
  'ccs-injection',
  'ticketbleed',
  'robot',
  'insecure-renegotiation',
  'crime',
  'poodle-ssl',
  'poodle-tls',
  'freak',
  'logjam',
  'drown',
];

export const noHoles = endpointCheck({
  id: 'tls-no-holes',
  question: 'Has no endpoint a known hole?',
  why: 'Heartbleed, ROBOT, POODLE and their kin give away keys or plaintext, with tools that anybody can download.',
  remedy: {
    console: 'Update the server’s TLS library; on a load balancer take a newer security policy.',
    cli: 'openssl version\napt-get install --only-upgrade openssl',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'critical',
  effort: 'hours',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) => demand(scan, { mustNot: { vulnerabilities: holes } }),
});
