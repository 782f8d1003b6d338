import { onlyTls13 } from './offered';
import { notVulnerable, potential, unknown, vulnerable } from './outcome';
import type { Rule } from './types';
import { because } from './words';

/** Renegotiation without RFC 5746 (CVE-2009-3555): an attacker can put data before the client's. */
export const insecureRenegotiation: Rule = ({ protocols, features }) => {
  if (onlyTls13(protocols)) {
    return notVulnerable('Only TLS 1.3 is offered, which has no renegotiation.');
  }
  const { value, why } = features?.secureRenegotiation ?? { value: 'unknown' };
  if (value === 'yes') return notVulnerable('Secure renegotiation (RFC 5746) is supported.');
  if (value === 'unknown') {
    return unknown(`Whether secure renegotiation is supported is unknown${because(why)}.`);
  }
  const client = features?.clientRenegotiation.value ?? 'unknown';
  if (client === 'yes') {
    return vulnerable('Lets the client renegotiate, without secure renegotiation (RFC 5746).');
  }
  return potential(
    client === 'no'
      ? 'Without secure renegotiation (RFC 5746). A client may not renegotiate; whether the server ever starts it does not show.'
      : 'Without secure renegotiation (RFC 5746); whether it renegotiates at all is unknown.',
  );
};
