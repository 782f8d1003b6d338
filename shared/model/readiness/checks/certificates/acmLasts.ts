import { daysBetween } from '../../../keyRotationRules';
import { day, days } from '../../../keyVerdictParts';
import type { Verdict } from '../../../verdict';
import type { Certificate } from '../../posture/region';

const least = 30;

/** Whether a certificate of ACM that something uses lasts, or renews itself in time. */
export function lasts(
  { usedBy, exported, endsAt, status, renews, renewal }: Certificate,
  now: Date,
): Verdict {
  // Of an exported one AWS does not know who uses it.
  if (usedBy.length === 0 && exported !== true)
    return { value: 'not-applicable', reason: 'Nothing uses it.' };
  if (endsAt === undefined) {
    return { value: 'cannot-tell', reason: `AWS names no end: it is ${status}.` };
  }
  const verdict = endsVerdict(endsAt, now);
  if (verdict.value !== 'fail' || status === 'EXPIRED') return verdict;
  // ACM renews 45 to 60 days before the end; what is in its last month has failed to, or is not renewed at all.
  const why = renewal ?? (renews === true ? 'it renews itself' : 'nobody renews it');
  return { ...verdict, reason: `${verdict.reason} Renewal: ${why}.` };
}

/** Whether there is more than a month left. */
export function endsVerdict(end: string, now: Date): Verdict {
  if (Number.isNaN(Date.parse(end))) {
    return { value: 'cannot-tell', reason: 'Its end cannot be read.' };
  }
  const left = daysBetween(now, end);
  if (left > least) return { value: 'pass', reason: `Ends on ${day(end)}, in ${days(left)}.` };
  const reason = left < 0 ? `Ended on ${day(end)}.` : `Ends on ${day(end)}, in ${days(left)}.`;
  return { value: 'fail', reason, remedy: 'Renew it.' };
}
