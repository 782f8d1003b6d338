import type { TrailFault } from '../../../shared/model/events/digestReport';

/** One thing that should be so, and how it is; either may be unknown. */
export interface Difference {
  readonly what: string;
  readonly expected?: string | null | undefined;
  readonly found?: string | null | undefined;
}

/** The differences of which at least one side is known. */
export function differing(...all: readonly Difference[]): TrailFault['differs'] {
  return all.flatMap(({ what, expected, found }) =>
    expected || found ? [{ what, ...(expected && { expected }), ...(found && { found }) }] : [],
  );
}
