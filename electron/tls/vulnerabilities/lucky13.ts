import { potential } from './outcome';
import { isCbc } from './suiteKinds';
import { suiteRule } from './suiteRule';

/**
 * LUCKY13 (CVE-2013-0169): the time that a CBC record's check takes tells of its padding. Whether an
 * implementation takes the same time always cannot be measured over a network.
 */
export const lucky13 = suiteRule({
  versions: ['SSLv3', 'TLS1.0', 'TLS1.1', 'TLS1.2'],
  matches: isCbc,
  what: 'suites in CBC mode',
  found: (why) => potential(`${why} Whether its checks take constant time does not show.`),
});
