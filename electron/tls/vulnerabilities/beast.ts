import { describeHits, findSuites, isOffered } from './offered';
import { notVulnerable, potential, unknown, vulnerable } from './outcome';
import { isCbc } from './suiteKinds';
import type { Rule } from './types';
import { sentence } from './words';

/**
 * BEAST (CVE-2011-3389): SSLv3 and TLS 1.0 take the last block of a record as the next one's IV.
 * Browsers split their records against it, so that with newer versions at hand it is only potential.
 */
export const beast: Rule = ({ protocols }) => {
  const search = findSuites(protocols, ['SSLv3', 'TLS1.0'], isCbc);
  if (search.hits.length > 0) {
    const seen = `Offers suites in CBC mode: ${describeHits(search)}`;
    const newer = (['TLS1.1', 'TLS1.2', 'TLS1.3'] as const).map((version) =>
      isOffered(protocols, version),
    );
    if (newer.includes('yes')) return potential(`${seen}; newer versions are offered too.`);
    if (newer.includes('unknown')) {
      return potential(`${seen}; whether newer versions are offered is unknown.`);
    }
    return vulnerable(`${seen}; no newer version is offered.`);
  }
  if (search.gaps.length > 0) return unknown(sentence(search.gaps));
  return notVulnerable('Offers no suites in CBC mode under SSLv3 or TLS 1.0.');
};
