import { known } from '../../../facet';
import type { KeyRow, RotationStatus } from '../../../key';
import type { Verdict } from '../../../verdict';

/** Of a key that does not rotate, how often and when is not asked. */
export const rotationIsOff: Verdict = {
  value: 'not-applicable',
  reason: 'Automatic rotation is off, which is a question of its own.',
};

/**
 * The rotation of a key of which one part of the rotation verdict is asked; undefined where that
 * verdict says already that it does not apply, or that it is not known.
 */
export function rotationAsked(row: KeyRow, verdict: Verdict): RotationStatus | undefined {
  const told = known(row.metadata) !== undefined && verdict.value !== 'not-applicable';
  return told ? known(row.rotation) : undefined;
}
