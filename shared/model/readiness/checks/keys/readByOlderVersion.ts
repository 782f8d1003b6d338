import type { Verdict } from '../../../verdict';

/** The row was stored before this version looked at what the rule needs. */
export const readByOlderVersion: Verdict = {
  value: 'cannot-tell',
  reason: 'It was read by an older version, which did not look at this.',
  remedy: 'Run the checks.',
};
