import { notVulnerable, potential, unknown } from './outcome';
import type { Rule } from './types';
import { because } from './words';

/**
 * BREACH (CVE-2013-3587): a compressed body that repeats what was asked, next to a secret, tells the
 * secret by its length. Only the first condition shows from outside.
 */
export const breach: Rule = ({ http }) => {
  if (!http) return unknown('HTTP was not looked at.');
  if (http.spoken.value === 'no') return notVulnerable('The server does not speak HTTP.');
  if (http.spoken.value === 'unknown') {
    return unknown(`Whether the server speaks HTTP is unknown${because(http.spoken.why)}.`);
  }
  const { value, why } = http.compression;
  if (value === 'yes') {
    return potential(
      'The page comes compressed; whether pages hold secrets beside what is asked does not show.',
    );
  }
  if (value === 'no') {
    return notVulnerable('The page that was asked for comes uncompressed; others may not.');
  }
  return unknown(`Whether the page comes compressed is unknown${because(why)}.`);
};
