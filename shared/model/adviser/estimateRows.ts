import type { Estimate, WayEstimate } from './estimate';
import { countWords, dollarWords, durationWords, latencyWords, percentWords } from './figures';
import type { Latency } from './latency';
import type { KmsUse } from './scenario';

/** A line of the estimate: with a request to KMS for each use, and with cached data keys. */
export interface EstimateRow {
  readonly label: string;
  readonly each: string;
  readonly cached?: string | undefined;
}

/** The estimate as window and command line show it. */
export function estimateRows(
  found: Estimate,
  latency: Latency,
  region: string,
  { things }: KmsUse,
): EstimateRow[] {
  const { each, cached, keyDollars, quotaPerSecond } = found;
  const row = (label: string, words: (way: WayEstimate) => string): EstimateRow => ({
    label,
    each: words(each),
    ...(cached && { cached: words(cached) }),
  });
  return [
    row('Requests to KMS a second', (way) => countWords(way.callsPerSecond)),
    row('Requests to KMS a month', (way) => countWords(way.callsPerMonth)),
    row(`Share of the quota in ${region}, ${quotaPerSecond.toLocaleString('en')} a second`, (way) =>
      percentWords(way.quotaPercent),
    ),
    row('Keys, a month', () => dollarWords(keyDollars)),
    row('Requests, a month', (way) => dollarWords(way.requestDollars)),
    row('Together, a month', (way) => dollarWords(way.dollarsPerMonth)),
    {
      label: 'Latency of one use',
      each: latencyWords(latency.each),
      ...(cached && { cached: latencyWords(latency.cached) }),
    },
    row(
      `Opening all ${countWords(found.things)} ${things} once, at the whole quota`,
      ({ reopen }) => `${durationWords(reopen.seconds)}, ${dollarWords(reopen.dollars)}`,
    ),
  ];
}
