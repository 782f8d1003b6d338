import { rollUp } from '../../rollUp';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const ownPolicy = endpointCheck({
  id: 'tls-own-policy',
  question: 'Does every endpoint meet the organisation’s own policy?',
  why: 'The policy file is what the organisation has decided; what differs from it was not decided.',
  remedy: {
    console: 'TLS > Policy: what each rule found.',
    cli: 'claviger tls scan HOST --policy FILE',
    terraform:
      'resource "aws_lb_listener": ssl_policy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: ({ ownPolicy: rows, reachable }) => {
    if (rows.length > 0) {
      return rollUp(
        rows.map(({ verdict }) => verdict),
        'No rule applies.',
      );
    }
    return reachable
      ? { value: 'not-applicable', reason: 'There is no own policy.' }
      : { value: 'cannot-tell', reason: 'It could not be reached.' };
  },
});
