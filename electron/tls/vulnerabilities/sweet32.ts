import { vulnerable } from './outcome';
import { isSmallBlock } from './suiteKinds';
import { suiteRule } from './suiteRule';

/** SWEET32 (CVE-2016-2183): with blocks of 64 bits, blocks repeat after some gigabytes. */
export const sweet32 = suiteRule({
  versions: ['SSLv2', 'SSLv3', 'TLS1.0', 'TLS1.1', 'TLS1.2'],
  matches: isSmallBlock,
  what: 'suites with 64-bit blocks',
  found: vulnerable,
});
