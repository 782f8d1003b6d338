import type { ErrorInfo } from '../errors';
import type { KeyRow, ScopeReport } from '../key';
import type { TrailReport } from '../events/trailCheck';

/** One Region of one connection. */
export interface Place {
  readonly connection: string;
  readonly connectionName: string;
  readonly account?: string | undefined;
  readonly region: string;
}

/** The keys of one Region, and how well they are known: an empty list that was read is no unread one. */
export interface KeyScope extends Place {
  readonly report: ScopeReport;
  /** When all keys were last listed; absent where they never were. */
  readonly listedAt?: string | undefined;
  readonly rows: readonly KeyRow[];
}

/** The trail check of one Region, or why there is none. */
export interface TrailScope extends Place {
  readonly answer: TrailReport | ErrorInfo;
}

/**
 * Everything that checks judge, by source. A source that was never read is absent: no check takes
 * that for an empty one.
 */
export interface ReadinessEvidence {
  readonly keys?: readonly KeyScope[] | undefined;
  readonly trails?: readonly TrailScope[] | undefined;
  /** Why the last reading of a source came to nothing: what is there is older. */
  readonly problems?: Readonly<Partial<Record<SourceId, string | undefined>>> | undefined;
}

export const sourceIds = ['keys', 'trails'] as const;
export type SourceId = (typeof sourceIds)[number];

export const sourceNames: Readonly<Record<SourceId, string>> = {
  keys: 'the keys',
  trails: 'the trails',
};
