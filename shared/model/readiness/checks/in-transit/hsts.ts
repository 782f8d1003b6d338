import { demand } from './demand';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';
import { overHttp } from './overHttp';

export const hsts = endpointCheck({
  id: 'hsts',
  question: 'Do browsers keep to https (HSTS), for half a year or longer?',
  why: 'Without HSTS a browser follows the first plain link that somebody puts in its way.',
  remedy: {
    console: 'The server’s or CloudFront’s response headers: Strict-Transport-Security.',
    cli: `aws cloudfront create-response-headers-policy --response-headers-policy-config '{"Name":"hsts","SecurityHeadersConfig":{"StrictTransportSecurity":{"Override":true,"AccessControlMaxAgeSec":31536000,"IncludeSubdomains":false}}}'`,
    terraform:
      'resource "aws_cloudfront_response_headers_policy": strict_transport_security { access_control_max_age_sec = 31536000 }',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) => overHttp(scan) ?? demand(scan, { must: { hstsMinimumDays: 180 } }),
});
