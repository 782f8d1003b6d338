import { day, days } from '../../../keyVerdictParts';
import { daysBetween } from '../../../keyRotationRules';
import type { PresentedChain } from '../../../tls/certificate';
import type { Verdict } from '../../../verdict';

/** Whether the certificates of a chain last for more than so many days from now, not from the scan. */
export function lastsFor({ chain }: PresentedChain, least: number, now: Date): Verdict {
  const ends = chain.map(({ notAfter }) => notAfter);
  if (ends.some((end) => Number.isNaN(Date.parse(end)))) {
    return { value: 'cannot-tell', reason: 'The end of a certificate could not be read.' };
  }
  const first = ends.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? '';
  const left = daysBetween(now, first);
  if (left > least) return { value: 'pass', reason: `Ends on ${day(first)}, in ${days(left)}.` };
  return {
    value: 'fail',
    reason: left < 0 ? `Ended on ${day(first)}.` : `Ends on ${day(first)}, in ${days(left)}.`,
    remedy: 'Renew it, and see why it did not renew itself.',
  };
}
