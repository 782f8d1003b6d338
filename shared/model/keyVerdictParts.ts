import type { Facet } from './facet';
import { defaultMaxPeriodDays } from './keyRotationRules';
import type { Verdict } from './verdict';

/** What an organisation may set; every part has a default. */
export interface VerdictOptions {
  readonly environmentTag?: string;
  readonly ownerTag?: string;
  /** The longest rotation period that is in order. */
  readonly maxRotationPeriodDays?: number;
  /** Imported material that expires sooner than this is a finding. */
  readonly expiryWarningDays?: number;
  /** Evidence older than this makes a pass `stale`. */
  readonly shelfLifeHours?: number;
}

/** Verdict options with nothing left open. */
export type Settings = Required<VerdictOptions>;

export const defaultVerdictOptions: Settings = {
  environmentTag: 'Environment',
  ownerTag: 'Owner',
  maxRotationPeriodDays: defaultMaxPeriodDays,
  expiryWarningDays: 30,
  shelfLifeHours: 24,
};

/** The value of a facet, or the verdict that it is not known. */
export function told<T>(
  facet: Facet<T>,
  permission: string,
  what: string,
): { known: true; value: T } | { known: false; verdict: Verdict } {
  if (facet.status === 'known') return { known: true, value: facet.value };
  return { known: false, verdict: untold(facet, permission, what) };
}

function untold(
  facet: Exclude<Facet<unknown>, { status: 'known' }>,
  permission: string,
  what: string,
): Verdict {
  if (facet.status === 'cannot-tell') return notTold(facet.error, permission, what);
  return facet.status === 'not-applicable'
    ? { value: 'not-applicable', reason: facet.reason }
    : { value: 'cannot-tell', reason: `Not read yet: ${permission} will tell ${what}.` };
}

function notTold(
  error: Extract<Facet<unknown>, { status: 'cannot-tell' }>['error'],
  operation: string,
  what: string,
): Verdict {
  if (error.code !== 'denied') {
    return {
      value: 'cannot-tell',
      reason: `${operation} failed, so nothing is known of ${what}: ${error.message}`,
      remedy: 'Refresh; if it stays, look at the error in the evidence.',
    };
  }
  const named = error.detail?.permission;
  const permission = typeof named === 'string' ? named : operation;
  return {
    value: 'cannot-tell',
    reason: `The permission ${permission} is missing, so nothing is known of ${what}.`,
    remedy: `Allow ${permission} for this principal, in IAM and in the key policy.`,
    permission,
  };
}

/** `in 3 days`, `within a day`, `2 days ago`. */
export function inDays(count: number): string {
  if (count < 0) return `${days(-count)} ago`;
  return count === 0 ? 'within a day' : `in ${days(count)}`;
}

/** `1 day`, `12 days`. */
export function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

/** The day of an ISO date. */
export function day(date: string): string {
  return date.slice(0, 10);
}
