import { findSuites, isOffered } from './offered';
import { notVulnerable, unknown, vulnerable } from './outcome';
import type { Rule } from './types';
import { sentence } from './words';

/**
 * DROWN (CVE-2016-0800): SSLv2 on any server with the same RSA key opens sessions of TLS. A server
 * that answers SSLv2 is vulnerable whatever it lists: CVE-2015-3197 let clients pick what was switched off.
 */
export const drown: Rule = ({ protocols }) => {
  const offered = isOffered(protocols, 'SSLv2');
  if (offered === 'yes') return vulnerable('Answers SSLv2.');
  if (offered === 'unknown') {
    return unknown(sentence(findSuites(protocols, ['SSLv2'], () => false).gaps));
  }
  return notVulnerable(
    'SSLv2 is refused here. Another server with the same RSA key could still answer it.',
  );
};
