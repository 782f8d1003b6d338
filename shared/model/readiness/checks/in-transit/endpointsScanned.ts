import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const endpointsScanned = endpointCheck({
  id: 'endpoints-scanned',
  question: 'Could every endpoint be reached and scanned within the week?',
  why: 'Nothing is known of an endpoint that was never scanned, and little of one that was scanned long ago.',
  remedy: {
    console: 'TLS > Scan.',
    cli: 'claviger tls scan HOST:PORT',
    terraform: 'None: scanning is an act, not a setting.',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: ({ reachable, unreachable }) =>
    reachable
      ? { value: 'pass', reason: 'It was reached and scanned.' }
      : { value: 'cannot-tell', reason: unreachable ?? 'It could not be reached.' },
});
