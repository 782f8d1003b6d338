import type { Coverage } from './coverage';

/** What of an account and Region is not stored, though it was asked for. */
export interface NotCovered {
  readonly account: string;
  readonly region: string;
  /** A sentence for a person. */
  readonly why: string;
}

/** Everything that sources said they did not give: beside it a count of zero proves nothing. */
export function notCovered(coverage: readonly Coverage[]): NotCovered[] {
  return coverage.flatMap(({ account, region, gaps, unfinished, problem }) => [
    ...(problem === undefined ? [] : [{ account, region, why: problem }]),
    ...(unfinished ? [{ account, region, why: 'The event history was asked only in part.' }] : []),
    ...gaps.map(({ from, to, why }) => ({
      account,
      region,
      why: `Not all is stored from ${minute(from)} to ${minute(to)} UTC. ${why}`,
    })),
  ]);
}

function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
