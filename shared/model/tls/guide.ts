import type { Verdict } from '../verdict';
import type { Judgement } from './judgement';
import { capital, listed, offerOf, suiteGaps, suiteOffers, versionName } from './offers';
import type { Observation } from './result';
import { tlsVersions } from './scan';

/** The encryption guide's demands on a server, and where clients need a certificate, that they do. */
export function guideVerdicts(
  observation: Observation,
  clientCertificateExpected = false,
): Judgement['guide'] {
  return [
    { id: 'tls13', name: 'TLS 1.3 is offered', verdict: tls13(observation) },
    { id: 'aead', name: 'Only authenticated encryption (AEAD)', verdict: aead(observation) },
    { id: 'no-fallback', name: 'No fallback below TLS 1.2', verdict: noFallback(observation) },
    ...(clientCertificateExpected
      ? [
          {
            id: 'client-certificate',
            name: 'Clients need a certificate',
            verdict: clientCertificate(observation),
          },
        ]
      : []),
  ];
}

function tls13(observation: Observation): Verdict {
  const offered = offerOf(observation, 'TLS1.3');
  if (offered === 'unknown')
    return { value: 'cannot-tell', reason: 'Whether TLS 1.3 is offered is unknown.' };
  return offered === 'yes'
    ? { value: 'pass', reason: 'TLS 1.3 is offered.' }
    : { value: 'fail', reason: 'TLS 1.3 is not offered.', remedy: 'Switch TLS 1.3 on.' };
}

function aead(observation: Observation): Verdict {
  const offers = suiteOffers(observation);
  const others = offers.filter(({ info }) => info?.aead === false).map(({ suite }) => suite.name);
  if (others.length > 0) {
    return {
      value: 'fail',
      reason: `Suites without AEAD are offered: ${listed(others)}.`,
      remedy: 'Offer suites with GCM or ChaCha20-Poly1305 only.',
    };
  }
  const gaps = [
    ...suiteGaps(observation, tlsVersions),
    ...offers.filter(({ info }) => !info).map(({ suite }) => `what ${suite.name} is`),
  ];
  if (gaps.length > 0)
    return { value: 'cannot-tell', reason: `${capital(listed(gaps))}: unknown.` };
  return offers.length > 0
    ? { value: 'pass', reason: 'Every suite that is offered is authenticated encryption.' }
    : { value: 'cannot-tell', reason: 'No suite was seen.' };
}

function noFallback(observation: Observation): Verdict {
  const older = tlsVersions.slice(0, tlsVersions.indexOf('TLS1.2'));
  const offered = older.filter((version) => offerOf(observation, version) === 'yes');
  if (offered.length > 0) {
    return {
      value: 'fail',
      reason: `Clients can fall back to ${listed(offered.map(versionName))}.`,
      remedy: 'Switch off everything below TLS 1.2.',
    };
  }
  const unknown = older.filter((version) => offerOf(observation, version) === 'unknown');
  return unknown.length > 0
    ? {
        value: 'cannot-tell',
        reason: `Whether ${listed(unknown.map(versionName))} is offered is unknown.`,
      }
    : { value: 'pass', reason: 'Nothing below TLS 1.2 is offered.' };
}

function clientCertificate({ features }: Observation): Verdict {
  const { value, why } = features?.clientCertificate ?? { value: 'unknown' as const };
  switch (value) {
    case 'required':
      return { value: 'pass', reason: 'No handshake ends without a client certificate.' };
    case 'required-by-http':
      return { value: 'pass', reason: 'The handshake ends without one, but HTTP then refuses.' };
    case 'requested':
    case 'none':
      return {
        value: 'fail',
        reason:
          value === 'none'
            ? 'No client certificate is asked for.'
            : 'A client certificate is asked for, and not needed.',
        remedy: 'Require client certificates (mTLS).',
      };
    case 'unknown':
      return {
        value: 'cannot-tell',
        reason: why ?? 'Whether clients need a certificate is unknown.',
      };
    default:
      return value satisfies never;
  }
}
