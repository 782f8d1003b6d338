import type { Findings, Gap, GradeReason } from './grade';
import { offerOf } from './offers';
import type { Observation } from './result';

/** HSTS counts from 180 days; testssl.sh takes what is above 179. */
const hstsMinimumSeconds = 179 * 86_400;

/** What makes an A an A- (2009r): no TLS 1.3, no HSTS, no secure renegotiation. */
export function gradeWarnings(observation: Observation): Findings {
  const found = [tls13, hsts, renegotiation].map((rule) => rule(observation));
  return {
    reasons: found.flatMap((one) => (one && 'rule' in one ? [one] : [])),
    gaps: found.flatMap((one) => (one && 'what' in one ? [one] : [])),
  };
}

type Outcome = GradeReason | Gap | undefined;

function tls13(observation: Observation): Outcome {
  const offered = offerOf(observation, 'TLS1.3');
  if (offered === 'unknown') return open('whether TLS 1.3 is offered');
  return offered === 'no' ? warning('no-tls13', 'TLS 1.3 is not offered.') : undefined;
}

/** What speaks no HTTP needs no HSTS. */
function hsts({ http }: Observation): Outcome {
  if (http?.spoken.value === 'no') return undefined;
  if (http?.spoken.value !== 'yes' || http.hsts.value === 'unknown') return open('HSTS');
  const { value, why, maxAgeSeconds = 0 } = http.hsts;
  if (value === 'no') return warning('hsts-missing', `HSTS is not in force. ${why ?? ''}`.trim());
  if (maxAgeSeconds > hstsMinimumSeconds) return undefined;
  const days = Math.floor(maxAgeSeconds / 86_400);
  return warning('hsts-short', `HSTS holds for ${days} days only; 180 are asked for.`);
}

function renegotiation({ vulnerabilities }: Observation): Outcome {
  const found = vulnerabilities.find(({ id }) => id === 'insecure-renegotiation');
  if (found?.verdict === 'potential') return warning('renegotiation', found.why);
  const known = found?.verdict === 'vulnerable' || found?.verdict === 'not-vulnerable';
  return known ? undefined : open('whether renegotiation is secure');
}

function warning(rule: string, why: string): GradeReason {
  return { rule, letter: 'A-', why };
}

function open(what: string): Gap {
  return { what, reach: 'A-' };
}
