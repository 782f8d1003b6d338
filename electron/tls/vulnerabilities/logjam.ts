import type { DhParameters } from '../../../shared/model/tls/scan';
import { describeHits, findSuites } from './offered';
import { notVulnerable, potential, unknown, vulnerable } from './outcome';
import { isDhe, isDhExport } from './suiteKinds';
import type { Rule } from './types';
import { nameOf, sentence } from './words';

const versions = ['SSLv3', 'TLS1.0', 'TLS1.1', 'TLS1.2'] as const;
/** Academic teams can break 768 bits (weakdh.org, 2015). */
const breakableBits = 800;
/** States may break a prime of 1024 bits that many servers share (weakdh.org, 2015). */
const doubtfulBits = 1024;

/** LOGJAM (CVE-2015-4000): export Diffie-Hellman in any version, short primes, and shared ones of 1024 bits. */
export const logjam: Rule = ({ protocols, dhParameters }) => {
  const exported = findSuites(protocols, versions, isDhExport);
  if (exported.hits.length > 0) {
    return vulnerable(`Offers export Diffie-Hellman: ${describeHits(exported)}.`);
  }
  const short = dhParameters.find(({ bits }) => bits <= breakableBits);
  if (short) return vulnerable(`Uses ${prime(short)}.`);

  const shared = dhParameters.find(
    ({ bits, known }) => bits <= doubtfulBits && known !== undefined,
  );
  if (shared) return potential(`Uses ${prime(shared)}, which many servers share.`);

  const ephemeral = findSuites(protocols, versions, isDhe);
  const unseen = ephemeral.hits
    .filter(({ version }) => !dhParameters.some((one) => one.version === version))
    .map(({ version }) => `the Diffie-Hellman prime of ${nameOf(version)} was not seen`);
  const gaps = [...exported.gaps, ...unseen];
  if (gaps.length > 0) return unknown(sentence(gaps));

  if (ephemeral.hits.length === 0) return notVulnerable('Offers no finite-field Diffie-Hellman.');
  const shortest = Math.min(...dhParameters.map(({ bits }) => bits));
  const own = shortest <= doubtfulBits ? ', which is not a commonly shared one' : '';
  return notVulnerable(`Offers no export suites; its shortest prime has ${shortest} bits${own}.`);
};

function prime({ version, bits, known }: DhParameters): string {
  const name = known === undefined ? '' : ` (${known})`;
  return `a Diffie-Hellman prime of ${bits} bits${name} in ${nameOf(version)}`;
}
