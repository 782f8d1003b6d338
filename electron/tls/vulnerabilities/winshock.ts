import type { OfferedSuite } from '../../../shared/model/tls/scan';
import { findSuites, isOffered } from './offered';
import { notVulnerable, potential, unknown } from './outcome';
import type { Rule } from './types';
import { sentence } from './words';

/**
 * Winshock (CVE-2014-6321, MS14-066) in Windows' TLS library up to Windows 8.1 and Server 2012 R2.
 * Only a hint can be had harmlessly: the update that closed it also brought four AES-GCM suites with
 * RSA and DHE key exchange, so that such a Windows without them has either not got it or has them
 * switched off. Source: Microsoft Security Bulletin MS14-066.
 */
export const winshock: Rule = ({ protocols, http }) => {
  const newer = protocols
    .flatMap(({ suites }) => suites)
    .find((suite) => cameWithUpdate(suite) || neverInOldWindows(suite));
  if (newer) return notVulnerable(`Offers ${newer.name}, which no Windows without the update has.`);
  if (isOffered(protocols, 'TLS1.3') === 'yes') {
    return notVulnerable('Offers TLS 1.3, which no affected Windows has.');
  }

  const banner = http?.banners.find(({ value }) => oldWindowsBanner.test(value));
  const { gaps } = findSuites(protocols, ['TLS1.0', 'TLS1.1', 'TLS1.2'], () => false);
  if (banner) {
    const { value } = banner;
    if (gaps.length > 0) return unknown(sentence([`the server says ${value}`, ...gaps]));
    return potential(`The server says ${value}, and lacks the suites that came with the update.`);
  }
  return unknown('Neither suites nor banner tell whether this is an affected Windows.');
};

/** IIS 6.0 to 8.5: Windows Server 2003 to 2012 R2. */
const oldWindowsBanner = /Microsoft-IIS\/(6\.0|7\.[05]|8\.[05])\b/;

const updateSuites = new Set([
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
]);

function cameWithUpdate({ name }: OfferedSuite): boolean {
  return updateSuites.has(name);
}

/** ECDHE with RSA and AES-GCM came with Windows 10; the others Windows never had before it. */
function neverInOldWindows({ name }: OfferedSuite): boolean {
  return (
    name.startsWith('TLS_ECDHE_RSA_WITH_AES_128_GCM') ||
    name.startsWith('TLS_ECDHE_RSA_WITH_AES_256_GCM') ||
    /_(CHACHA20|CAMELLIA|ARIA|SEED|IDEA|CCM)_?/.test(name)
  );
}
