import type { PresentedChain } from '../../../shared/model/tls/certificate';
import { checkOcsp, type RevocationAnswer } from './ocsp';
import type { RawChain } from './rawChain';
import type { X509 } from './x509';

/** The staple of a chain, verified, and what it says of the certificate. */
export interface JudgedStaple {
  readonly staple: PresentedChain['staple'];
  readonly answer?: RevocationAnswer;
}

/**
 * `yes`: a staple came and holds; `no`: none came, or what came is not valid; `unknown`: it cannot be
 * verified, or it could not be asked for (SSL 3.0 has no extensions).
 */
export function judgeStaple(
  raw: readonly RawChain[],
  { certificate, issuer }: { readonly certificate: X509; readonly issuer: X509 | undefined },
  now: Date,
): JudgedStaple {
  const stapled = raw.find(({ staple }) => staple !== undefined)?.staple;
  if (!stapled) {
    if (raw.every(({ version }) => version === 'SSLv2' || version === 'SSLv3')) {
      return { staple: { value: 'unknown', why: 'SSL cannot ask for a staple.' } };
    }
    const why = 'The certificate demands a staple (must-staple), and the server sends none.';
    return { staple: { value: 'no', ...(certificate.extensions.mustStaple && { why }) } };
  }
  const answer = checkOcsp(stapled, { certificate, issuer }, now);
  if (answer.kind !== 'verified') {
    const value = answer.kind === 'invalid' ? 'no' : 'unknown';
    return { answer, staple: { value, why: `A staple came, but ${answer.why}.` } };
  }
  const { nextUpdate, producedAt, status } = answer;
  return {
    answer,
    staple: {
      value: 'yes',
      status,
      producedAt: producedAt.toISOString(),
      ...(nextUpdate && { nextUpdate: nextUpdate.toISOString() }),
    },
  };
}
