import { cachedCallsPerSecond } from '../envelope/measure';
import { kmsPrices } from '../kmsPrices';
import { symmetricQuotaPerSecond } from '../kmsQuotas';
import { dollarWords, percentWords } from './figures';
import type { Numbers } from './numbers';
import type { KmsUse } from './scenario';

/** A month of 730 hours, as AWS's own calculator counts. */
export const secondsPerMonth = 730 * 3600;

/** What one way of asking KMS comes to. */
export interface WayEstimate {
  readonly way: 'each' | 'cached';
  readonly callsPerSecond: number;
  readonly callsPerMonth: number;
  /** Of the default quota of the account in the Region. */
  readonly quotaPercent: number;
  readonly requestDollars: number;
  /** Keys and requests. */
  readonly dollarsPerMonth: number;
  /** What it takes to open everything that is stored once, at the whole quota. */
  readonly reopen: { readonly calls: number; readonly seconds: number; readonly dollars: number };
}

export interface Estimate {
  readonly quotaPerSecond: number;
  readonly keyDollars: number;
  /** What keys cost a month once each was rotated as often as is charged for. */
  readonly keyDollarsRotated: number;
  /** Things at rest. */
  readonly things: number;
  readonly each: WayEstimate;
  /** Absent where data keys are not cached in the scenario. */
  readonly cached?: WayEstimate | undefined;
}

/**
 * Cost and share of the quota, from AWS's default quotas and list prices: all requests in one Region,
 * evenly over the month, the free tier left out. Undefined where KMS is not asked at all.
 */
export function estimate(numbers: Numbers, kms: KmsUse): Estimate | undefined {
  if (kms.callsPerUse === 0) return undefined;
  const { keys, regions, perSecond, cacheUses, cacheSeconds } = numbers;
  const quotaPerSecond = symmetricQuotaPerSecond(numbers.region);
  const keyDollars = keys * regions * kmsPrices.dollarsPerKeyMonth;
  const rotations = kmsPrices.chargedRotations * kmsPrices.dollarsPerRotationMonth;
  const things = Math.ceil((numbers.gigabytes * 1_000_000) / numbers.kilobytesEach);

  const way = (
    id: WayEstimate['way'],
    callsPerSecond: number,
    reopenCalls: number,
  ): WayEstimate => {
    const callsPerMonth = callsPerSecond * secondsPerMonth;
    const requestDollars = dollarsFor(callsPerMonth);
    return {
      way: id,
      callsPerSecond,
      callsPerMonth,
      quotaPercent: (callsPerSecond / quotaPerSecond) * 100,
      requestDollars,
      dollarsPerMonth: keyDollars + requestDollars,
      reopen: {
        calls: reopenCalls,
        seconds: reopenCalls / quotaPerSecond,
        dollars: dollarsFor(reopenCalls),
      },
    };
  };

  const limits = { cacheRecords: cacheUses, cacheSeconds };
  return {
    quotaPerSecond,
    keyDollars,
    keyDollarsRotated: keyDollars + keys * regions * rotations,
    things,
    each: way('each', perSecond, things),
    ...(kms.noCache === undefined && {
      cached: way('cached', cachedCallsPerSecond(perSecond, limits), Math.ceil(things / cacheUses)),
    }),
  };
}

function dollarsFor(calls: number): number {
  return (calls / 10_000) * kmsPrices.dollarsPer10000;
}

/** What the estimate means, a sentence each, the most important first. */
export function estimateWords({ each, cached, quotaPerSecond }: Estimate): string[] {
  const words: string[] = [];
  const share = percentWords(each.quotaPercent);
  if (each.quotaPercent > 100) {
    words.push(
      `A request for each use is more than the quota of ${quotaPerSecond.toLocaleString('en')} a second: KMS would throttle it, and everything else in the account.`,
    );
  } else if (each.quotaPercent > 10) {
    words.push(
      `A request for each use takes ${share} of the quota, which all workloads of the account share in the Region.`,
    );
  } else {
    words.push(
      `A request for each use takes ${share} of the quota: KMS bears it, and it is the safest.`,
    );
  }
  if (!cached) return words;
  if (cached.quotaPercent > 100) {
    words.push(
      'Even with cached data keys it is more than the quota: let one key serve more uses.',
    );
  }
  const saved = each.dollarsPerMonth - cached.dollarsPerMonth;
  if (saved >= 1) {
    words.push(
      `Cached data keys save ${dollarWords(saved)} a month. In exchange a data key that leaks opens all its uses, and CloudTrail shows one request for all of them.`,
    );
  }
  return words;
}
