import { notVulnerable, unknown, vulnerable } from './outcome';
import type { Rule } from './types';
import { because } from './words';

/** GREASE (RFC 8701): a server that fails on values nobody has defined yet shuts out newer clients. */
export const grease: Rule = ({ features }) => {
  const { value, why } = features?.greaseTolerance ?? { value: 'unknown' };
  if (value === 'yes')
    return notVulnerable('Undefined values in a hello are ignored, as they should be.');
  if (value === 'no') return vulnerable(`Fails on undefined values in a hello${because(why)}.`);
  return unknown(`Whether undefined values are ignored is unknown${because(why)}.`);
};
