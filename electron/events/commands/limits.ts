import type { Coverage } from '../../../shared/model/events/coverage';
import { notCovered, type NotCovered } from '../../../shared/model/events/notCovered';
import type { CommandContext } from '../../command';
import { coverageOf } from '../coverage';
import type { EventStore } from '../store/eventStore';

/** How far an answer from the stored events can be trusted. */
export interface Limits {
  /** Of the newest stored event, ISO 8601 UTC; absent where none is stored. */
  readonly newest: string | undefined;
  readonly notCovered: readonly NotCovered[];
  /** Where finding nothing would prove nothing: no event was looked at, or not all are there. */
  readonly isPartial: boolean;
}

/**
 * Tells on stderr what the stored events leave out, so that no count of zero is taken for good news.
 * @param looked how many events the answer rests on
 */
export function tellLimits(
  store: EventStore,
  looked: number,
  stderr: CommandContext['stderr'],
): Limits {
  const { coverage, total } = coverageOf(store, new Date());
  const missing = notCovered(coverage);
  if (total === 0) {
    stderr(
      'No event is stored, so nothing can be said. Take some in with claviger events import.\n',
    );
  } else if (looked === 0) {
    stderr(`None of the ${total} stored events matches, so nothing can be said.\n`);
  }
  for (const { account, region, why } of missing) {
    stderr(`Not covered: ${account} ${region}: ${why}\n`);
  }
  return {
    newest: newestOf(coverage),
    notCovered: missing,
    isPartial: looked === 0 || missing.length > 0,
  };
}

/** `, the newest of 2026-11-24T10:00:00Z`; empty where none is stored. */
export function newestWords({ newest }: Limits): string {
  return newest === undefined ? '' : `, the newest of ${newest.replace('.000Z', 'Z')}`;
}

function newestOf(coverage: readonly Coverage[]): string | undefined {
  return coverage
    .flatMap(({ newest }) => newest ?? [])
    .sort()
    .at(-1);
}
