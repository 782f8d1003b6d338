import type { ScanResult } from '../../../tls/result';
import type { Verdict } from '../../../verdict';
import { demand } from './demand';
import { weekHours } from '../../check';
import { endpointCheck } from './endpointCheck';
import { overHttp } from './overHttp';

export const httpRedirect = endpointCheck({
  id: 'https-redirect',
  question: 'Does plain HTTP lead to https everywhere?',
  why: 'Who types a name without https starts in the clear, where anybody on the way can answer first.',
  remedy: {
    console: 'EC2 > Load balancers > the listener on port 80 > Default action: Redirect to HTTPS.',
    cli: "aws elbv2 modify-listener --listener-arn ARN --default-actions 'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'",
    terraform: 'resource "aws_lb_listener" on port 80: default_action { type = "redirect" }',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['in-transit'],
  rule: (scan) =>
    overHttp(scan) ?? nothingPlain(scan) ?? demand(scan, { must: { redirect: true } }),
});

/** A closed port, or one that speaks something else, leads nobody into the clear. */
function nothingPlain({ http }: ScanResult): Verdict | undefined {
  const { value, status, why } = http?.redirect ?? {};
  if (value !== 'no' || status !== undefined) return undefined;
  return { value: 'pass', reason: `Nothing is served in the clear: ${why ?? 'no answer.'}` };
}
