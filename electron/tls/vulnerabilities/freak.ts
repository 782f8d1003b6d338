import { vulnerable } from './outcome';
import { isRsaExport } from './suiteKinds';
import { suiteRule } from './suiteRule';

/** FREAK (CVE-2015-0204): an attacker makes client and server use a 512-bit RSA key. Asked of each version. */
export const freak = suiteRule({
  versions: ['SSLv3', 'TLS1.0', 'TLS1.1', 'TLS1.2'],
  matches: isRsaExport,
  what: 'RSA export suites',
  found: vulnerable,
});
