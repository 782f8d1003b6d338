import { vulnerable } from './outcome';
import { isCbc } from './suiteKinds';
import { suiteRule } from './suiteRule';

/** POODLE (CVE-2014-3566): SSLv3 leaves the padding of CBC records unchecked. */
export const poodleSsl = suiteRule({
  versions: ['SSLv3'],
  matches: isCbc,
  what: 'suites in CBC mode',
  found: vulnerable,
});
