import type { Verdict } from '../../verdict';
import { cannotTell, fail, notApplicable, pass, stale } from '../trail/finding';
import { forecastOf } from './forecast';
import { cloudTrailIsNoProof, type QuotaUse, type ThrottlingReport } from './report';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** The share at which AWS's own alarm goes off (KMS developer guide, "Creating CloudWatch alarms"). */
const nearShare = 0.8;

/** Calls of minutes, `[start in milliseconds, calls]`, in any order. */
export type Minutes = readonly (readonly [at: number, calls: number])[];

/** What was measured of the calls that count against one quota. */
export interface Measured {
  readonly resource: string;
  /** A second; undefined where SERVICE_QUOTA gave nothing. */
  readonly quota: number | undefined;
  /** AWS's table for the Region. */
  readonly defaultQuota: number;
  /** By hours, of the whole time. */
  readonly hours: Minutes;
  /** By minutes; undefined where the hours alone show that no minute came near the quota. */
  readonly minutes: Minutes | undefined;
  /** Why some of it could not be read. */
  readonly refused?: { readonly message: string; readonly permission?: string | undefined };
}

/**
 * The largest share of the quota that any minute of these hours can have had: an hour's calls, if they
 * had all come in one minute.
 */
export function mostShare(hours: Minutes, perSecond: number): number {
  return Math.max(0, ...hours.map(([, calls]) => calls)) / (perSecond * 60);
}

/** Judges one quota. @param from the start of a day, when the time looked at begins; `now` its end */
export function judgeUse(measured: Measured, from: number, now: number): QuotaUse {
  const { resource, quota: told, defaultQuota, hours, minutes, refused } = measured;
  const about = { resource, question: `Do calls stay below ${percent(nearShare)} of the quota?` };
  if (refused) return { ...about, verdict: cannotTell(refused), days: [] };
  const perSecond = told ?? defaultQuota;
  const quota = { perSecond, from: told === undefined ? 'default' : 'account' } as const;
  if (hours.length === 0) {
    const verdict = notApplicable('CloudWatch has counted no such call in this time.');
    return { ...about, verdict, quota, days: [] };
  }
  if (!minutes) {
    const atMost = mostShare(hours, perSecond);
    const reason = `No hour had more calls than ${percent(atMost)} of what the quota allows in a minute.`;
    return { ...about, verdict: pass(said(reason, quota)), quota, atMost, days: [] };
  }
  const shareOf = (calls: number) => calls / (perSecond * 60);
  const peaks = new Map<number, number>();
  let [busiest = 0, most = 0] = minutes[0] ?? [];
  for (const [at, calls] of minutes) {
    const day = Math.floor(at / dayMs) * dayMs;
    peaks.set(day, Math.max(peaks.get(day) ?? 0, shareOf(calls)));
    if (calls > most) [busiest, most] = [at, calls];
  }
  const firstDay = Math.max(from, Math.min(...peaks.keys()));
  const days: { day: string; share: number }[] = [];
  for (let day = firstDay; day <= now; day += dayMs) {
    days.push({ day: new Date(day).toISOString().slice(0, 10), share: peaks.get(day) ?? 0 });
  }
  const peak = { share: shareOf(most), at: iso(busiest), calls: most };
  // Today is not over: its peak may be still to come.
  const forecast = forecastOf(days.slice(0, -1).map(({ share }) => share));
  return {
    ...about,
    verdict: verdictOf(resource, peak, quota, forecast.text),
    quota,
    peak,
    days,
    forecast,
  };
}

const useLess =
  'Spread the calls, cache data keys (S3 Bucket Keys, the Encryption SDK’s cache), or ask Service Quotas for more before it is needed.';
const askLess =
  'Find who calls it so often and spread the calls, or ask Service Quotas for more before it is needed.';

function verdictOf(
  resource: string,
  { share, at }: NonNullable<QuotaUse['peak']>,
  quota: NonNullable<QuotaUse['quota']>,
  forecast: string,
): Verdict {
  const when = at.slice(0, 16).replace('T', ' ');
  const reason = said(
    `The busiest minute, ${when} UTC, had ${percent(share)} of what the quota allows in a minute. ${forecast}`,
    quota,
  );
  if (share < nearShare) return pass(reason);
  if (quota.from === 'default') {
    return cannotTell({ message: `${reason} Your account’s own quota may be higher.` });
  }
  return fail(reason, resource.startsWith('Cryptographic') ? useLess : askLess);
}

/** A quota that the account did not tell is not passed off as one that it did. */
function said(reason: string, { perSecond, from }: NonNullable<QuotaUse['quota']>): string {
  if (from === 'account') return reason;
  return `${reason} SERVICE_QUOTA gave nothing: compared with AWS’s default of ${perSecond.toLocaleString('en')} a second.`;
}

/** What the stored events say of throttled calls. */
export interface LoggedThrottling {
  /** Events of the account and Region that are stored at all, the newest of them. */
  readonly newest: string | undefined;
  readonly count: number;
  readonly last: string | undefined;
  readonly earlier: number;
}

/** The log may show throttled calls; that it shows none proves nothing. */
export function judgeLogged(
  { newest, count, last, earlier }: LoggedThrottling,
  from: number,
  now: number,
): ThrottlingReport['logged'] {
  const known = { count, ...(last !== undefined && { last }), earlier };
  const since = new Date(from).toISOString().slice(0, 10);
  if (count > 0) {
    const calls =
      count === 1 ? 'One throttled call is' : `${count.toLocaleString('en')} throttled calls are`;
    const remedy = 'Show them, and see who called: spread the calls, or ask for a larger quota.';
    return { ...known, verdict: fail(`${calls} logged since ${since}.`, remedy) };
  }
  if (newest === undefined) {
    const message = `No event of this Region is stored. ${cloudTrailIsNoProof}`;
    return { ...known, verdict: cannotTell({ message }) };
  }
  if (Date.parse(newest) < now - dayMs) {
    const reason = `The newest stored event of this Region is of ${newest.slice(0, 16).replace('T', ' ')} UTC.`;
    return { ...known, verdict: stale(reason, 'Import the events since then.') };
  }
  const message = `No throttled call is logged since ${since}. ${cloudTrailIsNoProof}`;
  return { ...known, verdict: cannotTell({ message }) };
}

export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value < 0.01) return 'less than 0.01 %';
  return `${value < 1 ? value.toFixed(2) : value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

function iso(at: number): string {
  return new Date(Math.floor(at / minuteMs) * minuteMs).toISOString();
}
