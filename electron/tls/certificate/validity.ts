import type { Verdict } from '../../../shared/model/verdict';

const dayMs = 86_400_000;

/** Whole days until a time, rounded down: negative once it has passed. */
export function daysUntil(time: Date, now: Date): number {
  return Math.floor((time.getTime() - now.getTime()) / dayMs);
}

/** Days left of a certificate against 30, 14 and 7; `fail` before its time and from 30 days on. */
export function judgeValidity(
  { notBefore, notAfter }: { readonly notBefore: Date; readonly notAfter: Date },
  now: Date,
): Verdict {
  const until = notAfter.toISOString().slice(0, 10);
  const days = daysUntil(notAfter, now);
  const remedy = 'Renew the certificate, and let it be renewed by itself from now on.';
  if (now < notBefore) {
    const reason = `Not valid before ${notBefore.toISOString()}.`;
    return { value: 'fail', reason, remedy: "Check the server's certificate and this clock." };
  }
  if (now > notAfter) return { value: 'fail', reason: `Expired on ${until}.`, remedy };
  const limit = [7, 14, 30].find((candidate) => days < candidate);
  const left = `${days} ${days === 1 ? 'day' : 'days'} left, until ${until}`;
  if (limit === undefined) return { value: 'pass', reason: `${left}.` };
  return { value: 'fail', reason: `Expires in less than ${limit} days: ${left}.`, remedy };
}

/** Sentences on certificates sent along that end soon: within 30 days, the way to the root may go with them. */
export function endingSoon(
  certificates: readonly { readonly subject: { readonly text: string }; readonly notAfter: Date }[],
  now: Date,
): string[] {
  return certificates
    .filter(({ notAfter }) => daysUntil(notAfter, now) < 30)
    .map(({ notAfter, subject }) => {
      const word = notAfter < now ? 'expired' : 'expires';
      return `Sent along, ${subject.text} ${word} on ${notAfter.toISOString().slice(0, 10)}.`;
    });
}
