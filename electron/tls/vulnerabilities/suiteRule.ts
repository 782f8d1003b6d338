import type { OfferedSuite, TlsVersion } from '../../../shared/model/tls/scan';
import { describeHits, findSuites } from './offered';
import { notVulnerable, unknown } from './outcome';
import type { Outcome, Rule } from './types';
import { nameOf, sentence } from './words';

/**
 * A rule that says `found` where a suite of a kind is offered in one of `versions`, and nothing is
 * wrong only where every one of those versions is fully known. `what` names the kind in the plural.
 */
export function suiteRule(options: {
  readonly versions: readonly TlsVersion[];
  readonly matches: (suite: OfferedSuite) => boolean;
  readonly what: string;
  readonly found: (why: string) => Outcome;
}): Rule {
  return ({ protocols }) => {
    const search = findSuites(protocols, options.versions, options.matches);
    if (search.hits.length > 0)
      return options.found(`Offers ${options.what}: ${describeHits(search)}.`);
    if (search.gaps.length > 0) return unknown(sentence(search.gaps));
    return notVulnerable(`Offers no ${options.what} (${range(options.versions)}).`);
  };
}

function range(versions: readonly TlsVersion[]): string {
  const [first, last] = [versions[0], versions.at(-1)].map((version) => version && nameOf(version));
  return first === last ? `${first}` : `${first} to ${last}`;
}
