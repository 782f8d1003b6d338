import type { Verdict } from '../../../verdict';

/** Of a key that does not rotate, how often and when is not asked. */
export const rotationIsOff: Verdict = {
  value: 'not-applicable',
  reason: 'Automatic rotation is off, which is a question of its own.',
};
