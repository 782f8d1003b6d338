import { demand } from './demand';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';

export const mutualTls = endpointCheck({
  id: 'mutual-tls',
  question: 'Do endpoints that are for known clients only ask for a client certificate?',
  why: 'An endpoint that is declared to need client certificates and takes clients without any is open to all.',
  remedy: {
    console:
      'EC2 > Load balancers > the listener > Mutual authentication: Verify with trust store.',
    cli: 'aws elbv2 modify-listener --listener-arn ARN --mutual-authentication Mode=verify,TrustStoreArn=ARN',
    terraform:
      'resource "aws_lb_listener": mutual_authentication { mode = "verify", trust_store_arn }',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan, { clientCertificate }) =>
    clientCertificate
      ? demand(scan, { must: { clientCertificate: true } })
      : { value: 'not-applicable', reason: 'It is for every client.' },
});
