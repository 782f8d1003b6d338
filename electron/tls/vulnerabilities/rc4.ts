import { vulnerable } from './outcome';
import { isRc4 } from './suiteKinds';
import { suiteRule } from './suiteRule';

/** RC4's biases (CVE-2013-2566, CVE-2015-2808); RFC 7465 forbids it in every version. */
export const rc4 = suiteRule({
  versions: ['SSLv2', 'SSLv3', 'TLS1.0', 'TLS1.1', 'TLS1.2'],
  matches: isRc4,
  what: 'RC4 suites',
  found: vulnerable,
});
