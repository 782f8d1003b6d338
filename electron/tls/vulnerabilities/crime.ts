import { onlyTls13 } from './offered';
import { notVulnerable, unknown, vulnerable } from './outcome';
import type { Rule } from './types';
import { because } from './words';

/** CRIME (CVE-2012-4929): TLS compression makes a record's length tell of its content. */
export const crime: Rule = ({ protocols, features }) => {
  if (onlyTls13(protocols))
    return notVulnerable('Only TLS 1.3 is offered, which has no compression.');
  const { value, why } = features?.compression ?? { value: 'unknown' };
  if (value === 'yes') return vulnerable('The server takes TLS compression.');
  if (value === 'no') return notVulnerable('The server refuses TLS compression.');
  return unknown(`Whether the server compresses is unknown${because(why)}.`);
};
