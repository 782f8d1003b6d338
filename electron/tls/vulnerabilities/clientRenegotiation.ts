import { onlyTls13 } from './offered';
import { notVulnerable, potential, unknown } from './outcome';
import type { Rule } from './types';
import { because } from './words';

/** Renegotiation that a client may start (CVE-2011-1473): a cheap way to make the server compute. */
export const clientRenegotiation: Rule = ({ protocols, features }) => {
  if (onlyTls13(protocols)) {
    return notVulnerable('Only TLS 1.3 is offered, which has no renegotiation.');
  }
  const { value, why } = features?.clientRenegotiation ?? { value: 'unknown' };
  if (value === 'yes') {
    return potential(
      'The client may renegotiate; whether the server limits how often was not tried.',
    );
  }
  if (value === 'no') return notVulnerable('The client may not renegotiate.');
  return unknown(`Whether the client may renegotiate is unknown${because(why)}.`);
};
