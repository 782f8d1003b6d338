import { tlsVersions } from '../../../shared/model/tls/scan';
import { isOffered } from './offered';
import { notVulnerable, potential, unknown, vulnerable } from './outcome';
import type { Rule } from './types';
import { because, nameOf } from './words';

/**
 * TLS_FALLBACK_SCSV (RFC 7507): whether a client that retries with an older version is told that a
 * newer one was possible. With SSLv3 among the versions, an attacker gets as far as POODLE.
 */
export const fallbackScsv: Rule = ({ protocols, features }) => {
  const { value, why } = features?.fallbackScsv ?? { value: 'unknown' };
  if (value === 'yes') return notVulnerable('A fallback to an older version is refused.');

  // SSLv2 has a hello of its own and no such signal.
  const versions = tlsVersions.slice(1);
  const offered = versions.filter((version) => isOffered(protocols, version) === 'yes');
  const settled = versions.every((version) => isOffered(protocols, version) !== 'unknown');
  const [first] = offered;
  if (settled && offered.length < 2) {
    return notVulnerable(
      first === undefined
        ? 'No version is offered that could be fallen back to.'
        : `Only ${nameOf(first)} is offered: there is nothing to fall back to.`,
    );
  }
  if (value === 'unknown') {
    return unknown(`Whether a fallback is refused is unknown${because(why)}.`);
  }
  if (first === 'SSLv3') return vulnerable('A fallback as far as SSLv3 is accepted.');
  return potential('A fallback to an older version is accepted.');
};
